#: Text with effects in terminals and chats: escapes, right-to-left override, zero width, mentions, code fences
#: defence: none here: it is data and returned unchanged; programs that show it must escape it
#: expect: {"outcome": "Succeeded", "output": "\u001b[2J\u202eabc\u200b ``` @everyone <@123>\n"}
print('\x1b[2J\u202eabc\u200b ``` @everyone <@123>')
