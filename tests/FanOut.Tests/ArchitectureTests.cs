using System.Reflection;
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
        string root = Root();
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

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    private static string Root()
    {
        string folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
        while (!File.Exists(Path.Join(folder, "FanOut.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("FanOut.slnx was not found above the test assembly.");
        }

        return folder;
    }
}
