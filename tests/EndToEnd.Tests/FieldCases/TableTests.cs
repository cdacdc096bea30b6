using System.IO.Compression;
using System.Text;

namespace CodeInterpreter.EndToEnd.Tests.FieldCases;

/// <summary>load_file reads what offices and their programs make.</summary>
public sealed class TableTests(FieldCaseProduct product)
{
    // Three boats and their crews, as Excel 97 writes them.
    private const string Boats =
        "H4sIAAAAAAAC/+1YTWgTQRT+Zjfb/NCkm5gWWqGEgtXWXsSLl7q2oD0ZqxdFBN00OUhDImtB9KDVmqMgeFK8FHrxUvXiD3rQmwelogdBEBI99iQoeGizffMy"
        + "i6nm0ICWKvOFefPmzTczLztv3v68XUpW5x/21fAL9sNE3Y+io8kmqESDhg3q932pBnWEiq/xTyEaoY3ssPAs/jos91Dudw0GHoRekgQ+UzmFc8iWS4XMJmKc"
        + "fXCF9GGUpMBdsiTQy16lWE6x3MbyPjOfszzAlhssR4lbFSex5GSH96koPmEMcF8Cct7HPOYjW/agG69kFF+5KRpcC2PeWbe4NTv6Q51YAO3bRKFU8NxiFWna"
        + "wAV89zPAt+Ckvsho++baBcj+Y7093MJ+ywgBs/DPcIBXEMcbU/ZYGC+7M+dXMEQquBAxRzaqprzCBWKN5V1qZMueS40jxUJMJmc+zPa6wxznIO8kmUcX60kO"
        + "dZvS9cq9r+8O5yad02yZ5QTeSPM7pGfwcVWOoMEJ7gmxlNxhlrtZXuNZt7PexzJNLlM9ONmtlENzzLnOvYO0zl7Ge2dnk76L9Mry0Sf9lS/OEOmLE7VL6cUP"
        + "zjwG6LaTp/HyN4cRMSLu3JZ46gS1UCnhE8ve39JDxLCV7766l3VhFTFWkywbLXl1hOKLFnzBfDnjZSPG/iSRUHyjBd9gvqn4javfo/hmC77J/JDim8xPydux"
        + "kcIjORklt5+IQUNDQ0NDQ0NDQ6MtCPVAb6rHe0u9NoTVd51VKnX9meS/xTGU6TdDL6YHUaLaw8W24qcHlgjmEhscE3wvlDhOq3uYRo79mG47fum1TzT/nw0P"
        + "tP/cEWp3/Xo7fv7l9dcA33L32AAWAAA=";

    // 城市,人口 / 上海市,2487 / 成都市,2094 / 哈尔滨市,1001 in GB18030.
    private const string Cities = "B3C7CAD02CC8CBBFDA0AC9CFBAA3CAD02C323438370AB3C9B6BCCAD02C323039340AB9FEB6FBB1F5CAD02C313030310A";

    private static readonly FieldCase[] Cases =
    [
        new(
            "A table of a German spreadsheet has semicolons, decimal commas and umlauts",
            """
            df = load_file('<id>')
            print(df.columns.tolist(), df['Maß'].sum(), df['Käse'].tolist())
            """
        )
        {
            Inputs = [("käse.csv", Encoding.Latin1.GetBytes("Käse;Maß\r\nGruyère;1,25\r\nÖsterkron;2,50\r\n"))],
            Output = "['Käse', 'Maß'] 3.75 ['Gruyère', 'Österkron']",
            MaySayMore = true,
        },
        new("A table has bars between its columns", "print(load_file('<id>').to_dict('list'))")
        {
            Inputs = [("stops.txt.csv", FieldCase.Text("stop|line\nHarbour|4\nMill|11\n"))],
            Output = "{'stop': ['Harbour', 'Mill'], 'line': [4, 11]}",
            MaySayMore = true,
        },
        new("A table was saved as Unicode text, with tabs", "df = load_file('<id>')\nprint(df.shape, df.town[1], df.doors.sum())")
        {
            Inputs = [("names.csv", FieldCase.Text("town\tdoors\r\nŁódź\t3\r\nΑθήνα\t9\r\n", Encoding.Unicode))],
            Output = "(2, 2) Αθήνα 12",
            MaySayMore = true,
        },
        new("A table comes from a Chinese program", "print(load_file('<id>').iloc[:, 0].tolist())")
        {
            Inputs = [("cities.csv", Convert.FromHexString(Cities))],
            Output = "['上海市', '成都市', '哈尔滨市']",
            MaySayMore = true,
        },
        new("A table begins with a byte order mark", "df = load_file('<id>')\nprint(list(df), int(df.plate.sum()))")
        {
            Inputs = [("cars.csv", FieldCase.Text("plate,colour\n7,blue\n8,rosé\n", Encoding.UTF8))],
            Output = "['plate', 'colour'] 15",
        },
        new("An object is in UTF-16", "print(load_file('<id>')['garden'])")
        {
            Inputs = [("plan.json", FieldCase.Text("{\"garden\": [\"Ähre\", 2]}", Encoding.Unicode))],
            Output = "['Ähre', 2]",
            MaySayMore = true,
        },
        new(
            "A letter is a text, whatever it was written with",
            "text = load_file('<id>')\nprint(type(text).__name__, 'Señor Ibáñez' in text)"
        )
        {
            Inputs = [("carta.txt", Encoding.Latin1.GetBytes("Estimado Señor Ibáñez:\r\nGracias por su carta de ayer.\r\n"))],
            Output = "str True",
            MaySayMore = true,
        },
        new("A workbook of Excel 97 is a table", "boats = load_file('<id>')\nprint(len(boats), int(boats.crew.sum()))")
        {
            Inputs = [("boats.xls", Unpacked(Boats))],
            Output = "3 12",
        },
        new("A table is packed", "print(load_file('<id>').shape)")
        {
            Inputs = [("log.csv.gz", Gzip(FieldCase.Text("at,level\n1,low\n2,high\n3,low\n")))],
            Output = "(3, 2)",
            MaySayMore = true,
        },
        new("The reader's own options are passed on", "print(load_file('<id>', sep=';', nrows=1, decimal=',').values.tolist())")
        {
            Inputs = [("weights.csv", FieldCase.Text("kg;box\n1,5;2\n2,5;3\n"))],
            Output = "[[1.5, 2.0]]",
        },
        new(
            "A library opens the file by its path",
            "import zipfile\nprint(zipfile.is_zipfile(load_file_path('<id>')), load_file_path('<id>'))"
        )
        {
            Inputs = [("nothing.zip", [0x50, 0x4B, 5, 6, .. new byte[18]])],
            Output = "True /mnt/data/nothing.zip",
        },
        new("A name from a Mac is found as it is typed", "print(int(load_file('Übersicht März.csv').n[0]))")
        {
            Inputs = [("U\u0308bersicht Ma\u0308rz.csv", FieldCase.Text("n\n6\n"))],
            Output = "6",
        },
        new("Two files of one name are told apart by their ids", "print(load_file('<id>').strip(), load_file('<second id>').strip())")
        {
            Inputs = [("note.txt", FieldCase.Text("first\n")), ("note.txt", FieldCase.Text("second\n"))],
            Output = "first second",
        },
        // A file made by one execution is the input of another one: it is loaded as a user would do later.
        new(
            "A workbook with several sheets is a dictionary of tables",
            """
            import pandas as pd
            with pd.ExcelWriter('club.xlsx') as book:
                pd.DataFrame({'member': ['Ida', 'Tom']}).to_excel(book, sheet_name='People', index=False)
                pd.DataFrame({'fee': [20, 35, 50]}).to_excel(book, sheet_name='Fees', index=False)
            """
        )
        {
            Files = ["club.xlsx"],
            Look =
                "book = load_file('club.xlsx')\n"
                + "print(sorted(book), len(book['Fees']), load_file('club.xlsx', sheet_name='People').member[1])",
            Seen = "['Fees', 'People'] 3 Tom",
        },
        new(
            "A table of LibreOffice is written and read",
            """
            import pandas as pd
            pd.DataFrame({'berry': ['sloe', 'rowan'], 'grams': [90, 120]}).to_excel('berries.ods', index=False)
            """
        )
        {
            Files = ["berries.ods"],
            Look = "print(int(load_file('berries.ods').grams.sum()))",
            Seen = "210",
        },
    ];

    public static TheoryData<string> Titles => FieldCaseProduct.Titles(Cases);

    [Theory]
    [MemberData(nameof(Titles))]
    public Task Case_OfATable_IsLoaded(string title) => product.TryAsync(Cases, title);

    private static byte[] Unpacked(string packed)
    {
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress))
            gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
            gzip.Write(content);
        return packed.ToArray();
    }
}
