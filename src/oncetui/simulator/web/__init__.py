"""The simulator as a network sees it: ports, certificates, connections, hosts, HTTP."""
