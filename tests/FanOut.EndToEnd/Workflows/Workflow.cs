using YamlDotNet.RepresentationModel;

namespace FanOut.EndToEnd.Workflows;

/// <summary>A file of YAML that a service of continuous integration runs.</summary>
/// <param name="path">Where it lies, from the repository's root.</param>
public sealed class Workflow(string path)
{
    /// <summary>Where it lies, from the repository's root.</summary>
    public string Path { get; } = path;

    /// <summary>Its lines, with the comments that YAML forgets.</summary>
    public IReadOnlyList<string> Lines { get; } = File.ReadAllLines(System.IO.Path.Join(Checkout.Root, path));

    /// <summary>Its root.</summary>
    public YamlMappingNode Root
    {
        get
        {
            YamlStream stream = [];
            stream.Load(new StringReader(string.Join('\n', Lines)));
            return (YamlMappingNode)stream.Documents[0].RootNode;
        }
    }

    /// <summary>Its jobs by their names.</summary>
    public IReadOnlyDictionary<string, YamlMappingNode> Jobs => ((YamlMappingNode)Root["jobs"]).Children.ToDictionary(static j => $"{j.Key}", static j => (YamlMappingNode)j.Value);

    /// <summary>The values of a key, wherever it stands.</summary>
    public IEnumerable<string> ValuesOf(string key) => Root.AllNodes.OfType<YamlMappingNode>()
        .SelectMany(static m => m.Children)
        .Where(c => c is { Key: YamlScalarNode name, Value: YamlScalarNode } && name.Value == key)
        .Select(static c => ((YamlScalarNode)c.Value).Value!);

    /// <summary>Its path.</summary>
    public override string ToString() => Path;
}
