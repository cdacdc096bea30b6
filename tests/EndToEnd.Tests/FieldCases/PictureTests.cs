namespace CodeInterpreter.EndToEnd.Tests.FieldCases;

/// <summary>What code draws comes back, however the code was written: no picture is lost while the answer says success.</summary>
public sealed class PictureTests(FieldCaseProduct product)
{
    private static readonly FieldCase[] Cases =
    [
        new(
            "A table that is plotted, and neither shown nor saved, comes back as a picture",
            """
            import pandas as pd
            rain = pd.Series([12, 40, 7, 22], index=['north', 'east', 'south', 'west'])
            rain.plot.bar(title='Rain in mm')
            """
        )
        {
            Pictures = 1,
        },
        new(
            "A last expression that draws gives one picture, not two",
            """
            import matplotlib.pyplot as plt
            plt.scatter([1, 2, 3], [9, 4, 1])
            """
        )
        {
            Echo = true,
            Pictures = 1,
            MaySayMore = true,
        },
        new(
            "seaborn draws into a figure that nobody shows",
            """
            import seaborn as sns
            sns.kdeplot(x=[1.0, 1.5, 2.0, 4.0, 4.5])
            """
        )
        {
            Pictures = 1,
        },
        new(
            "A backend for a desktop is chosen after the import",
            """
            import matplotlib.pyplot as plt
            plt.switch_backend('Qt5Agg')
            plt.pie([3, 5], labels=['cats', 'dogs'])
            plt.show()
            """
        )
        {
            Pictures = 1,
            MaySayMore = true,
        },
        new(
            "A backend for files is chosen before the import",
            """
            import matplotlib as mpl
            mpl.use('agg')
            from matplotlib import pyplot
            pyplot.step([0, 1, 2], [2, 1, 3])
            pyplot.show()
            """
        )
        {
            Pictures = 1,
        },
        new(
            "A backend is chosen in the environment",
            """
            import os
            os.environ['MPLBACKEND'] = 'GTK4Agg'
            import matplotlib.pyplot as plt
            plt.hist([1, 1, 2, 3, 5, 8])
            plt.show()
            """
        )
        {
            Pictures = 1,
            MaySayMore = true,
        },
        new(
            "Each figure is shown by itself",
            """
            from matplotlib.figure import Figure
            import matplotlib.pyplot as plt
            left, right = plt.figure(), plt.figure()
            left.gca().plot([1, 2])
            right.gca().plot([2, 1])
            left.show()
            right.show()
            """
        )
        {
            Pictures = 2,
        },
        new(
            "What savefig has written comes back once",
            """
            import matplotlib.pyplot as plt
            plt.fill_between([0, 1, 2], [1, 3, 2])
            plt.savefig('area.png')
            """
        )
        {
            Files = ["area.png"],
        },
        new(
            "A figure that was closed was not meant to come back",
            """
            import matplotlib.pyplot as plt
            plt.plot([1, 2])
            plt.close()
            """
        )
        {
            Pictures = 0,
        },
        new(
            "A long title and labels beside the axes are whole in the picture",
            """
            import matplotlib.pyplot as plt
            figure, axes = plt.subplots(figsize=(3, 2))
            axes.plot([0, 1], [0, 1])
            axes.text(1.3, 0.5, 'far out on the right', transform=axes.transAxes, backgroundcolor='#00ff00', color='#00ff00')
            plt.show()
            """
        )
        {
            Pictures = 1,
            // The text has a margin on its right; a picture that is cut ends within it.
            Look = """
                import glob
                import numpy as np
                from PIL import Image
                pixels = np.asarray(Image.open(glob.glob('*.png')[0]).convert('RGB'))
                green = np.flatnonzero((pixels == (0, 255, 0)).all(axis=2).any(axis=0))
                print(green.size > 50, green.max() < pixels.shape[1] - 1)
                """,
            Seen = "True True",
        },
        new(
            "An image of Pillow is shown",
            """
            from PIL import Image
            Image.linear_gradient('L').resize((40, 30)).show(title='grey')
            """
        )
        {
            Pictures = 1,
            Look = "import glob\nfrom PIL import Image\nprint(Image.open(glob.glob('*.png')[0]).size)",
            Seen = "(40, 30)",
        },
        new(
            "A formula of sympy plots itself",
            """
            import sympy as sp
            t = sp.Symbol('t')
            sp.plot(sp.exp(-t) * sp.cos(5 * t), (t, 0, 4))
            """
        )
        {
            Pictures = 1,
        },
        new(
            "An animation is saved as a GIF",
            """
            import matplotlib.pyplot as plt
            from matplotlib import animation
            figure, axes = plt.subplots(figsize=(2, 2))
            dot, = axes.plot([0], [0], 'o')
            axes.set(xlim=(-1, 5), ylim=(-1, 1))
            moving = animation.FuncAnimation(figure, lambda at: dot.set_data([at], [0]), frames=5)
            moving.save('dot.gif', writer='pillow', fps=5)
            plt.close(figure)
            """
        )
        {
            Files = ["dot.gif"],
            Look = "from PIL import Image\nprint(Image.open('dot.gif').n_frames)",
            Seen = "5",
        },
        new(
            "An animation is saved as a film",
            """
            import matplotlib.pyplot as plt
            from matplotlib import animation
            figure, axes = plt.subplots(figsize=(2, 2))
            bars = axes.bar([1, 2], [1, 1])
            growing = animation.FuncAnimation(figure, lambda step: bars[0].set_height(step / 4), frames=4)
            growing.save('bars.mp4', fps=4)
            plt.close(figure)
            """
        )
        {
            Files = ["bars.mp4"],
            Look = "print(open('bars.mp4', 'rb').read(8)[4:])",
            Seen = "b'ftyp'",
        },
        new(
            "An interactive chart is shown as a page that needs no network",
            """
            import plotly.graph_objects as go
            go.Figure(go.Bar(x=['tea', 'milk'], y=[4, 6])).show()
            """
        )
        {
            MaySayMore = true,
            Look = "import glob\npage = open(glob.glob('*.html')[0]).read()\nprint('milk' in page, 'src=\"http' in page)",
            Seen = "True False",
        },
    ];

    public static TheoryData<string> Titles => FieldCaseProduct.Titles(Cases);

    [Theory]
    [MemberData(nameof(Titles))]
    public Task Case_OfAPicture_IsDrawn(string title) => product.TryAsync(Cases, title);
}
