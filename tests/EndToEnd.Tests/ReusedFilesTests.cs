using System.Text.Json.Nodes;

namespace CodeInterpreter.EndToEnd.Tests;

/// <summary>Files of earlier executions and uploads, as inputs.</summary>
public sealed class ReusedFilesTests(StandaloneFixture product)
{
    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task File_OfAnEarlierExecution_IsLoadedByItsIdInIndentedCode()
    {
        var first = await product.ExecuteAsync(
            _user,
            "import pandas as pd\npd.DataFrame({'x': [1, 2, 3]}).to_csv('results.csv', index=False)"
        );
        var fileId = first.Text("generated_file_ids", 0);

        var second = await product.ExecuteAsync(
            _user,
            $"""

                df = load_file('{fileId}')
                print(f'Loaded {"{len(df)}"} rows')
                
            """,
            fileId
        );

        second.Text("error").ShouldBe("");
        second.Text("output").ShouldBe("Loaded 3 rows\n");
        second.FileNames().ShouldBeEmpty("an input that was not changed does not come back");
    }

    [Fact]
    public async Task FileId_InTheCode_IsAttachedAutomatically()
    {
        var first = await product.ExecuteAsync(_user, "open('note.txt', 'w').write('remember me')");

        var second = await product.ExecuteAsync(_user, $"print(load_file('{first.Text("generated_file_ids", 0)}'))");

        second.Text("output").ShouldBe("remember me\n");
    }

    [Fact]
    public async Task Files_OfSeveralExecutions_AreUsedTogetherByNameAndId()
    {
        var first = await product.ExecuteAsync(
            _user,
            """
            import os
            os.makedirs('sales')
            for month in ('jan', 'feb', 'mar'):
                open(f'sales/{month}.csv', 'w').write(f'month,sum\n{month},{len(month)}\n')
            """
        );
        var months = first.Objects("generated_files").Select(file => file.Text("file_id")).ToArray();
        var second = await product.ExecuteAsync(
            _user,
            """
            import json, pandas as pd, pathlib
            table = pd.concat([pd.read_csv(path) for path in sorted(pathlib.Path('sales').glob('*.csv'))])
            table.to_csv('all.csv', index=False)
            json.dump({'sum': int(table['sum'].sum())}, open('total.json', 'w'))
            """,
            months
        );

        second.FileNames().ShouldBe(["all.csv", "total.json"]);
        var third = await product.ExecuteAsync(
            _user,
            $"""
            print(load_file('{second.File("all.csv").Text("file_id")}')['month'].tolist())
            print(load_file('{second.File("total.json").Text("file_id")}')['sum'], load_file('{months[0]}').shape)
            """
        );

        third.Text("output").ShouldBe("['feb', 'jan', 'mar']\n9 (1, 2)\n", third.Text("error"));
    }

    [Fact]
    public async Task File_OfAnotherUser_CannotBeLoaded()
    {
        var first = await product.ExecuteAsync(_user, "open('secret.txt', 'w').write('mine')");
        var fileId = first.Text("generated_file_ids", 0);

        var second = await product.ExecuteAsync(StandaloneFixture.NewUser(), $"print(load_file('{fileId}'))");

        second.Text("outcome").ShouldBe("NonZeroExit");
        second.Text("error").ShouldContain("FileNotFoundError");
        second.Text("output").ShouldNotContain("mine");
    }

    [Fact]
    public async Task File_Uploaded_IsLoadedByNameAndId()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(_user), "user_id" },
            { new StringContent("a;b\n1;2\n"), "file", "größe.csv" },
        };
        using var answer = await product.Http.PostAsync("/v1/files", form, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        var uploaded = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        var fileId = (uploaded["files"]?[0] ?? uploaded)["file_id"]!.GetValue<string>();

        var result = await product.ExecuteAsync(
            _user,
            $"print(open('größe.csv').read(), end='')\nprint(type(load_file('{fileId}')).__name__)",
            fileId
        );

        result.Text("output").ShouldBe("a;b\n1;2\nDataFrame\n");
    }
}
