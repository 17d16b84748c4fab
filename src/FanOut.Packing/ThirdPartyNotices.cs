using System.Reflection;
using System.Text;

namespace FanOut.Packing;

/// <summary>The notices that licences ask for where packages of others are passed on.</summary>
internal static class ThirdPartyNotices
{
    // The licences whose texts lie here, because packages that name them hold none.
    private const string Apache = "Apache-2.0";
    private const string Mit = "MIT";

    private static readonly string Rule = new('-', 100);

    /// <summary>Writes the notices of packages; the same packages give the same text, in whatever order they come.</summary>
    /// <exception cref="PackingException">A package neither holds its licence nor names one whose text is known here.</exception>
    public static string Of(IEnumerable<RestoredPackage> packages)
    {
        RestoredPackage[] all = [.. packages.DistinctBy(static p => p.ToString()).OrderBy(static p => p.ToString(), StringComparer.OrdinalIgnoreCase)];
        var text = new StringBuilder("Third-party notices of FanOut\n\nFanOut's module and function hold code of these packages, each under its own licence:\n\n");
        foreach (RestoredPackage package in all)
        {
            text.Append($"{package}\n    {package.Licence ?? "its own licence, below"}; {package.Copyright}\n");
            text.Append(package.Project.Length == 0 ? "" : $"    {package.Project}\n");
        }

        foreach (var group in all.GroupBy(static p => p.Licence ?? "").Where(static g => g.Key.Length > 0).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            Append(text, $"{group.Key}, the licence of {List(group)}", TextOf(group.Key, [.. group]));
        }

        // Many packages of one owner hold the same file.
        foreach (var group in all.SelectMany(static p => p.Texts.Select(t => (Package: p, File: t.Key, Text: t.Value))).GroupBy(static t => t.Text))
        {
            Append(text, $"{group.First().File} of {List(group.Select(static t => t.Package))}", group.Key);
        }

        return text.ToString();
    }

    private static string TextOf(string licence, RestoredPackage[] packages) => licence switch
    {
        Apache => "Its text is in the file LICENSE beside this one.",
        Mit => $"{string.Join('\n', packages.Select(static p => p.Copyright).Distinct().Select(static c => c.StartsWith("Copyright", StringComparison.OrdinalIgnoreCase) ? c : c.StartsWith('©') ? $"Copyright {c}" : $"Copyright (c) {c}"))}\n\n{Resource("MIT.txt")}",
        _ => packages.FirstOrDefault(static p => p.Texts.Count == 0) is { } package
            ? throw new PackingException($"{package} names the licence {licence}, and does not hold its text: add it to FanOut.Packing.")
            : "Its text is below.",
    };

    private static void Append(StringBuilder text, string title, string body) => text.Append($"\n{Rule}\n{title}\n{Rule}\n\n{body}\n");

    private static string List(IEnumerable<RestoredPackage> packages) => string.Join(", ", packages.Select(static p => p.ToString()));

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Trim('\n');
    }
}
