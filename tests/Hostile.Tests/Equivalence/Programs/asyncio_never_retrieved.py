import asyncio
async def broken(): raise ValueError('in a task')
async def main():
    async with asyncio.TaskGroup() as group: group.create_task(broken())
try: asyncio.run(main())
except* ValueError as group: print(group.exceptions)
