import asyncio
async def work(i):
    await asyncio.sleep(0.01 * i)
    return i
async def main(): print(await asyncio.gather(*(work(i) for i in range(4))))
asyncio.run(main())
