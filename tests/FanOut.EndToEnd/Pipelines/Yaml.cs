using YamlDotNet.RepresentationModel;

namespace FanOut.EndToEnd.Pipelines;

/// <summary>A file of YAML of this repository, and what is in it by name.</summary>
internal static class Yaml
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">From the checkout's root.</param>
    public static YamlMappingNode Read(string path)
    {
        YamlStream stream = [];
        using StreamReader file = File.OpenText(Path.Join(Checkout.Root, path));
        stream.Load(file);
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    /// <summary>What is under a name, and a name in that, and so on.</summary>
    public static YamlNode At(this YamlNode node, params string[] names) => names.Aggregate(node, static (n, name) => n[name]);

    /// <summary>The elements of a list under a name; none where there is no such name.</summary>
    public static IReadOnlyList<YamlNode> List(this YamlNode node, string name) => node.Has(name) ? [.. (YamlSequenceNode)node[name]] : [];

    /// <summary>The texts by their names of an object under a name; none where there is no such name.</summary>
    public static IReadOnlyDictionary<string, string> Texts(this YamlNode node, string name) =>
        node.Has(name) ? ((YamlMappingNode)node[name]).Where(static e => e.Value is YamlScalarNode).ToDictionary(static e => e.Key.Text(), static e => e.Value.Text()) : new Dictionary<string, string>();

    /// <summary>Whether there is something under a name.</summary>
    public static bool Has(this YamlNode node, string name) => node is YamlMappingNode mapping && mapping.Children.ContainsKey(new YamlScalarNode(name));

    /// <summary>The text itself.</summary>
    public static string Text(this YamlNode node) => ((YamlScalarNode)node).Value!;

    /// <summary>All texts in it, of whatever depth.</summary>
    public static IEnumerable<string> AllTexts(this YamlNode node) => node.AllNodes.OfType<YamlScalarNode>().Select(static n => n.Value ?? "");
}
