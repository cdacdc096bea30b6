import datetime, locale, time
print(time.tzname, datetime.datetime(2020, 1, 1).astimezone().utcoffset(), locale.getlocale())
