using System.Text.RegularExpressions;

namespace FanOut.Tests;

/// <summary>What docs/architecture.md says of folders and dependencies.</summary>
public sealed partial class ArchitectureTests
{
    [Theory]
    [InlineData(typeof(FanOut.Aws.AwsClient), new string[0])]
    [InlineData(typeof(FanOut.Engine.Dispatcher), new[] { "FanOut.Aws" })]
    [InlineData(typeof(FanOut.LocalCloud.Streams.EventStream), new string[0])]
    [InlineData(typeof(FanOut.Help.Texts.ReadText), new string[0])]
    [InlineData(typeof(FanOut.Packing.PackageZip), new string[0])]
    [InlineData(typeof(FanOut.Abstractions.FanOutCommand), new[] { "FanOut.Engine", "FanOut.Aws" })]
    public void Dependencies_point_one_way(Type type, string[] allowed)
    {
        IEnumerable<string> ours = type.Assembly.GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(n => n.StartsWith("FanOut", StringComparison.Ordinal) || n == "bootstrap");

        Assert.Empty(ours.Except(allowed));
    }

    [Fact]
    public void Every_source_file_lies_in_the_folder_of_its_namespace()
    {
        string root = Checkout.Root;
        List<string> wrong = [];
        foreach (string project in new[] { "FanOut.Aws", "FanOut.Engine", "FanOut.LocalCloud", "FanOut", "FanOut.Loader", "FanOut.Help", "FanOut.Packing" })
        {
            string folder = Path.Join(root, "src", project);
            foreach (string file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            {
                string expected = string.Join('.', Path.GetRelativePath(Path.Join(root, "src"), Path.GetDirectoryName(file)!).Split(Path.DirectorySeparatorChar));
                if (Namespace().Match(File.ReadAllText(file)) is { Success: true } match && match.Groups[1].Value != expected)
                {
                    wrong.Add($"{Path.GetRelativePath(root, file)}: {match.Groups[1].Value}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Folders_of_the_engine_use_each_other_only_along_the_arrows_of_the_picture()
    {
        var uses = new FolderUses(Path.Join(Checkout.Root, "src", "FanOut.Engine"));
        Dictionary<string, HashSet<string>> mayUse = MayUse();

        Assert.Empty(uses.Errors);
        Assert.Equal(uses.Folders.Order(StringComparer.Ordinal), mayUse.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(mayUse.Where(f => f.Value.Contains(f.Key)).Select(f => $"{f.Key} comes after itself"));
        Assert.Empty(uses.All().Where(u => !mayUse[u.From].Contains(u.To)).Select(u => $"{u.File} uses {u.To}/{u.Type}"));
    }

    [Fact]
    public void The_glossary_explains_every_type_that_the_document_names()
    {
        string[] lines = File.ReadAllLines(Path.Join(Checkout.Root, "docs", "architecture.md"));
        int first = Array.IndexOf(lines, "## Glossary"), next = Array.FindIndex(lines, first + 1, l => l.StartsWith("## ", StringComparison.Ordinal));
        HashSet<string> types = [.. new[] { "src", "Function" }
            .SelectMany(f => Directory.EnumerateFiles(Path.Join(Checkout.Root, f), "*.cs", SearchOption.AllDirectories))
            .Select(f => Path.GetFileName(f).Split('.')[0])];
        IEnumerable<string> named = lines[..first].Concat(lines[next..]).SelectMany(Quoted);
        string[] explained = [.. lines[first..next].Where(l => l.StartsWith('|')).SelectMany(Quoted)];

        Assert.Empty(named.Where(types.Contains).Distinct().Except(explained));
        Assert.Empty(lines[first..next].Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => Quoted(l).First()).Except(types));

        static IEnumerable<string> Quoted(string line) => Name().Matches(line).Select(m => m.Groups[1].Value);
    }

    [GeneratedRegex(@"`([A-Z]\w+)[^`]*`")]
    private static partial Regex Name();

    /// <summary>The picture in docs/architecture.md: of each folder of the engine all that come before it.</summary>
    /// <remarks>Its lines are chains, <c>A → B, C → D</c>: what follows an arrow may use what stands before it. The engine's own folder is called "root".</remarks>
    private static Dictionary<string, HashSet<string>> MayUse()
    {
        Dictionary<string, HashSet<string>> before = [];
        IEnumerable<string> chapter = File.ReadLines(Path.Join(Checkout.Root, "docs", "architecture.md"))
            .SkipWhile(l => l != "### The engine's layers").Skip(1).TakeWhile(l => !l.StartsWith('#'));
        foreach (string chain in chapter.Where(l => l.StartsWith("    ", StringComparison.Ordinal)))
        {
            string[] previous = [];
            foreach (string step in chain.Split('→'))
            {
                string[] folders = [.. step.Split(',', StringSplitOptions.TrimEntries).Select(f => f == "root" ? "" : f)];
                foreach (string folder in folders)
                {
                    before.TryAdd(folder, []);
                    before[folder].UnionWith(previous);
                }

                previous = folders;
            }
        }

        // What comes before something that comes before: as many steps as there are folders reach the farthest.
        for (int step = 0; step < before.Count; step++)
        {
            foreach (HashSet<string> all in before.Values)
            {
                all.UnionWith(all.ToArray().SelectMany(f => before[f]));
            }
        }

        return before;
    }

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
