#: What terminals and chats obey: escapes, right-to-left override, zero width, mentions, code fences
#: defence: none here: it is data, given back unchanged; who shows it has to escape it
#: expect: {"outcome": "Succeeded", "output": "\u001b[2J\u202eabc\u200b ``` @everyone <@123>\n"}
print('\x1b[2J\u202eabc\u200b ``` @everyone <@123>')
