namespace CodeInterpreter.Demo;

/// <summary>The Python programs of the demo.</summary>
internal static class DemoCode
{
    public const string Export = """
        import pandas as pd
        df = pd.DataFrame({'x': [1,2,3], 'y': [4,5,6]})

        # Export in multiple formats
        df.to_csv('data.csv', index=False)
        df.to_json('data.json', orient='records')
        df.to_excel('data.xlsx', index=False)

        with open('summary.txt', 'w') as f:
            f.write(df.describe().to_string())

        print('Exported to 4 formats!')
        """;

    public const string Chart = """
        import matplotlib.pyplot as plt

        plt.plot([1, 2, 3], [4, 5, 6], marker='o')
        plt.title('y over x')
        plt.show()
        """;

    /// <summary>Indented as a whole, as it comes out of an f-string in somebody's program.</summary>
    public static string Reuse(string fileId) =>
        $$"""

                df = load_file('{{fileId}}')
                print(f'Loaded {len(df)} rows')

            """;
}
