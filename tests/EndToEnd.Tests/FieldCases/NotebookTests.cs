namespace CodeInterpreter.EndToEnd.Tests.FieldCases;

/// <summary>Code as people copy it out of notebooks, chats and manuals runs, or says in one line what is wrong with it.</summary>
public sealed class NotebookTests(FieldCaseProduct product)
{
    private static readonly FieldCase[] Cases =
    [
        new(
            "A table in the middle of a cell is displayed",
            """
            import pandas as pd
            plants = pd.DataFrame({'plant': ['fern', 'moss'], 'height': [40, 2]})
            display(plants)
            print('watered')
            """
        )
        {
            Echo = true,
            Output = "  plant  height\n0  fern      40\n1  moss       2\nwatered",
        },
        new(
            "A magic of notebooks asks for pictures in the page",
            """
            %matplotlib inline
            import matplotlib.pyplot as plt
            plt.boxplot([[1, 2, 5], [2, 3, 9]])
            plt.show()
            """
        )
        {
            Echo = true,
            Pictures = 1,
            MaySayMore = true,
        },
        new(
            "A cell measures its time",
            """
            %%time
            total = sum(range(1000))
            print(total)
            """
        )
        {
            Echo = true,
            Output = "499500",
            MaySayMore = true,
        },
        new(
            "A cell installs what is there",
            """
            !pip install pandas
            import pandas
            print('ready')
            """
        )
        {
            Echo = true,
            MaySayMore = true,
        },
        new(
            "A cell waits without a function around it",
            """
            import asyncio
            async def double(n):
                await asyncio.sleep(0)
                return 2 * n
            sum(await asyncio.gather(double(3), double(4)))
            """
        )
        {
            Echo = true,
            Output = "14",
        },
        new(
            "A program starts a loop of its own",
            """
            import asyncio

            async def main():
                async with asyncio.TaskGroup() as group:
                    tasks = [group.create_task(asyncio.sleep(0, n)) for n in (1, 2, 3)]
                print([task.result() for task in tasks])

            asyncio.run(main())
            """
        )
        {
            Output = "[1, 2, 3]",
        },
        new("A fence of Markdown is around the code", "```python\nwords = 'to be or not'.split()\nprint(len(words))\n```")
        {
            Output = "4",
            MaySayMore = true,
        },
        new(
            "Prompts of a manual are before the lines",
            """
            >>> def half(n):
            ...     return n / 2
            ...
            >>> print(half(9))
            4.5
            """
        )
        {
            Output = "4.5",
            MaySayMore = true,
        },
        new("A chat has put invisible marks around the code", "\u2066\u200bimport math\nprint(math.comb(5, 2))\u2069\ufeff")
        {
            Output = "10",
            MaySayMore = true,
        },
        new("Lines are indented with spaces that do not break", "for n in (1, 2):\n\u00a0\u00a0\u00a0 print(n * n)")
        {
            Output = "1\n4",
            MaySayMore = true,
        },
        new("Quotes of a word processor are named in the error", "print(\u201chello\u201d)")
        {
            Succeeds = false,
            Exception = "SyntaxError",
            Errors = ["U+201C"],
        },
        new(
            "A pool of processes has no guard around it",
            """
            from multiprocessing import Pool

            def length(word):
                return len(word)

            with Pool(2) as pool:
                print(pool.map(length, ['oak', 'maple']))
            """
        )
        {
            Output = "[3, 5]",
            MaySayMore = true,
        },
        new(
            "An executor of processes has a guard around it",
            """
            from concurrent.futures import ProcessPoolExecutor

            def reverse(word):
                return word[::-1]

            if __name__ == '__main__':
                with ProcessPoolExecutor(max_workers=2) as workers:
                    print(*workers.map(reverse, ['live', 'stop']))
            """
        )
        {
            Output = "evil pots",
        },
        new("Code asks for something to be typed, and nobody is there", "answer = input('Which colour? ')\nprint(answer)")
        {
            Output = "Which colour?",
            Succeeds = false,
            Exception = "EOFError",
            Errors = ["EOFError"],
        },
    ];

    public static TheoryData<string> Titles => FieldCaseProduct.Titles(Cases);

    [Theory]
    [MemberData(nameof(Titles))]
    public Task Case_OfANotebook_IsUnderstood(string title) => product.TryAsync(Cases, title);
}
