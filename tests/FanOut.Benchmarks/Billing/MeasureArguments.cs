using System.Globalization;

namespace FanOut.Benchmarks.Billing;

/// <summary>The arguments of <c>measure</c>.</summary>
/// <param name="Program">The function's published program.</param>
/// <param name="Original">The folder of aws-lambda-fanout with its packages; null: it is not measured.</param>
/// <param name="Rounds">How often each workload is measured.</param>
/// <param name="Tables">Which tables are written.</param>
/// <param name="IsLimited">Whether functions get the processor time of their memory only, for which root is needed.</param>
/// <param name="Writes">Whether the tables are put into the pages, too.</param>
internal sealed record MeasureArguments(string Program, string? Original, int Rounds, IReadOnlyList<PerformanceTable> Tables, bool IsLimited, bool Writes)
{
    /// <summary>What may be given.</summary>
    public const string Usage = "measure --program <the published bootstrap> [--original <folder of aws-lambda-fanout>] [--rounds 5] [--tables memory,start,…] [--limit false] [--write true]";

    /// <summary>Reads them.</summary>
    /// <exception cref="FormatException">They are not understood.</exception>
    public static MeasureArguments Parse(IReadOnlyList<string> arguments)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < arguments.Count; i += 2)
        {
            given[arguments[i]] = i + 1 < arguments.Count ? arguments[i + 1] : throw new FormatException($"{arguments[i]} has no value: {Usage}");
        }

        string? program = Take("--program"), original = Take("--original"), rounds = Take("--rounds"), names = Take("--tables"), limit = Take("--limit"), write = Take("--write");
        if (given.Count > 0)
        {
            throw new FormatException($"{given.Keys.First()} is not known: {Usage}");
        }

        if (!File.Exists(program))
        {
            throw new FormatException($"The program '{program}' is not there; publish it: dotnet publish Function -c Release -r linux-x64 -o artifacts/publish/linux-x64");
        }

        if (original is not null && !Directory.Exists(Path.Join(original, "node_modules", "aws-sdk")))
        {
            throw new FormatException($"'{original}' is no checkout of aws-lambda-fanout with its packages: run npm install and npm install aws-sdk@2 there.");
        }

        IReadOnlyList<PerformanceTable> all = PerformanceTables.All(original is not null);
        string[] chosen = names?.Split(',') ?? [.. all.Select(static t => t.Name)];
        if (chosen.FirstOrDefault(n => all.All(t => t.Name != n)) is { } unknown)
        {
            throw new FormatException($"There is no table '{unknown}', but {string.Join(", ", all.Select(static t => t.Name))}{(original is null ? "; with --original also original" : "")}.");
        }

        return new MeasureArguments(
            Path.GetFullPath(program),
            original is null ? null : Path.GetFullPath(original),
            rounds is null ? 5 : int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : throw new FormatException($"--rounds is a number from 1 on, not '{rounds}'."),
            [.. all.Where(t => chosen.Contains(t.Name))],
            IsTrue("--limit", limit ?? "true"),
            IsTrue("--write", write ?? "false"));

        static bool IsTrue(string name, string value) => bool.TryParse(value, out bool isTrue) ? isTrue : throw new FormatException($"{name} is true or false, not '{value}'.");

        string? Take(string name) => given.Remove(name, out string? value) ? value : null;
    }
}
