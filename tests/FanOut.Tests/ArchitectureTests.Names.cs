using System.Text.RegularExpressions;

namespace FanOut.Tests;

public sealed partial class ArchitectureTests
{
    [Fact]
    public void No_type_name_exists_twice()
    {
        // The parts of a partial type have one full name.
        string[] twice = [.. Sources().SelectMany(static f => TypesOf(File.ReadAllText(f))).Distinct()
            .GroupBy(static t => t.Name)
            .Where(static g => g.Count() > 1)
            .Select(static g => $"{g.Key}: {string.Join(", ", g.Select(static t => t.FullName).Order(StringComparer.Ordinal))}")
            .Order(StringComparer.Ordinal)];

        Assert.True(twice is [], string.Join('\n', twice));
    }

    [Fact]
    public void Types_are_found_at_every_depth()
    {
        string[] names = [.. TypesOf("""
            namespace A.B;

            /// <summary>The class Shown is not declared here.</summary>
            public static partial class Outer<T>
            {
                private sealed record Inner(string Text)
                {
                    internal enum Deep
                    {
                    }
                }

                public delegate void Other(string text);
            }

            internal readonly record struct Last;
            """).Select(static t => t.FullName)];

        Assert.Equal(["A.B.Outer", "A.B.Outer.Inner", "A.B.Outer.Inner.Deep", "A.B.Outer.Other", "A.B.Last"], names);
    }

    /// <summary>"null: …" or "null if …": not as a langword, and not "none".</summary>
    [Fact]
    public void The_documentation_has_one_wording_for_null()
    {
        string[] others = [.. Sources().SelectMany(static file => File.ReadLines(file)
            .Where(static l => OtherNull().IsMatch(l))
            .Select(l => $"{Path.GetFileName(file)}: {l.Trim()}"))];

        Assert.True(others is [], string.Join('\n', others));
    }

    /// <summary>Types, files and folders; what is not written in full is the last part of something's path.</summary>
    [Fact]
    public void The_contributors_page_names_what_is_there()
    {
        string[] there = [.. new[] { "src", "Function", "tests" }
            .SelectMany(static f => Directory.EnumerateFileSystemEntries(Path.Join(Checkout.Root, f), "*", SearchOption.AllDirectories))
            .SelectMany(static p => new[] { Path.GetFileName(p), Path.GetFileName(p).Split('.')[0] })];
        string[] named = [.. PathOrType().Matches(File.ReadAllText(Path.Join(Checkout.Root, "CONTRIBUTING.md"))).Select(static m => m.Groups[1].Value.TrimEnd('/'))];

        Assert.NotEmpty(named);
        Assert.All(named, n => Assert.True(
            Path.Exists(Path.Join(Checkout.Root, n)) || there.Contains(Path.GetFileName(n)) || there.Contains(n.Split('.')[0]), $"There is no {n}."));
    }

    private static IEnumerable<string> Sources() => new[] { "src", "Function" }
        .SelectMany(static f => Directory.EnumerateFiles(Path.Join(Checkout.Root, f), "*.cs", SearchOption.AllDirectories));

    // Nested types are known by their indentation: four spaces a level, as .editorconfig has it.
    private static IEnumerable<(string Name, string FullName)> TypesOf(string source)
    {
        string space = Namespace().Match(source).Groups[1].Value;
        List<string> outer = [];
        foreach (Match match in Declaration().Matches(source))
        {
            int depth = Math.Min(match.Groups["indent"].Length / 4, outer.Count);
            outer.RemoveRange(depth, outer.Count - depth);
            outer.Add(match.Groups["name"].Value);
            yield return (outer[^1], string.Join('.', outer.Prepend(space)));
        }
    }

    [GeneratedRegex("""
        ^(?<indent>[ ]*)
        (?:(?:public|internal|private|protected|file|static|sealed|abstract|partial|readonly|ref|unsafe|new)[ ])*
        (?:record[ ](?:struct|class)|class|struct|interface|enum|record|delegate[ ][\w<>\[\],.?]+)[ ]
        (?<name>\w+)
        """, RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Declaration();

    // `Find…`, `tests/*.Tests.ps1` and `src/FanOut.Aws/<Service>/` are patterns.
    [GeneratedRegex("`((?:[A-Z]|src/|tests/|docs/|en-US/)[\\w./-]+)`")]
    private static partial Regex PathOrType();

    [GeneratedRegex("""^\s*///.*(<see langword=|(^|[;>.:] ?)[Nn]one: )""")]
    private static partial Regex OtherNull();
}
