#: Names that cause trouble in shells, URLs and other systems
#: defence: a name is data; it is never part of a path or a command
#: expect: {"outcome": "Succeeded"}
#: files: ["#", "$(id)", "%2e%2e%2f", "&", "'", "-rf", "CON", "NUL.txt", "\"", "\\", "a b", "a;b", "b ", "~", "..."]
for name in ('#', '$(id)', '%2e%2e%2f', '&', "'", '-rf', 'CON', 'NUL.txt', '"', '\\', 'a b', 'a;b', 'b ', '~', '...'):
    open(name, 'w').close()
