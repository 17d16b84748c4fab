using System.Globalization;
using System.Text;

namespace FanOut.Reports.Charts;

/// <summary>The paths of charts, in a box of a step's width for each step and a given height. Y grows downwards, as in SVG.</summary>
internal static class ChartPaths
{
    /// <summary>A bar for each value, on top of what is below it.</summary>
    /// <param name="values">The values; null and 0 have no bar.</param>
    /// <param name="below">What the bars stand on; null: the ground.</param>
    /// <param name="top">The value that is as high as the box.</param>
    /// <param name="height">The height of the box.</param>
    public static string Bars(IReadOnlyList<double?> values, IReadOnlyList<double?>? below, double top, double height)
    {
        var path = new StringBuilder();
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value and > 0)
            {
                double ground = height - ((below?[i] ?? 0) / top * height);
                // What is there is to be seen, however little it is.
                double bar = Math.Max(value / top * height, height / 100);
                path.Append(CultureInfo.InvariantCulture, $"M{Short(i + 0.12)} {Short(ground)}h.76v{Short(-bar)}h-.76z");
            }
        }

        return path.ToString();
    }

    /// <summary>A line from the middle of a step to that of the next; broken where there is no value.</summary>
    public static string Line(IReadOnlyList<double?> values, double top, double height)
    {
        var path = new StringBuilder();
        bool isDrawing = false;
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
            {
                isDrawing = false;
                continue;
            }

            // A value by itself is a dot: a line of no length, with round ends.
            path.Append(CultureInfo.InvariantCulture, $"{(isDrawing ? 'L' : 'M')}{Short(i + 0.5)} {Short(height - (value / top * height))}{(isDrawing ? "" : "h0")}");
            isDrawing = true;
        }

        return path.ToString();
    }

    /// <summary>The area under a line from the first step to the last, where no value counts as 0.</summary>
    public static string Area(IReadOnlyList<double?> values, double top, double height)
    {
        var path = new StringBuilder($"M0 {Short(height)}");
        for (int i = 0; i < values.Count; i++)
        {
            path.Append(CultureInfo.InvariantCulture, $"L{Short(i + 0.5)} {Short(height - ((values[i] ?? 0) / top * height))}");
        }

        return path.Append(CultureInfo.InvariantCulture, $"L{values.Count} {Short(height)}z").ToString();
    }

    private static string Short(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
