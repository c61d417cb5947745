"""The wizard without a screen: frozen states, pure transitions, and the blocking work for a worker thread.

`fields` and `account` hold what the account step shows and what typing does to it, `searching` and
`evidence` what the search and a sign-in do to it. `signing_in` makes the one attempt, `calendar_choice`
and `keeping` are the steps after it, `finishing` saves, `unattended` does all of it without asking.
"""
