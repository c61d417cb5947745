"""The words of the domain and their rules: frozen data, pure functions, standard library only."""
