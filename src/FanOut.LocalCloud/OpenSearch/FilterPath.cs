using System.Text.Json.Nodes;

namespace FanOut.LocalCloud.OpenSearch;

/// <summary>The parameter <c>filter_path</c>: keeps only the named paths of an answer, and drops what is then empty.</summary>
/// <remarks>As on the real server, <c>items.*.error</c> drops the items without an error, so that positions are lost.</remarks>
internal static class FilterPath
{
    public static JsonNode? Apply(JsonNode node, string filter) =>
        Keep(node, [.. filter.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(path => path.Split('.'))]);

    private static JsonNode? Keep(JsonNode? node, IReadOnlyList<string[]> paths)
    {
        if (paths.Any(path => path.Length == 0))
        {
            return node?.DeepClone();
        }

        switch (node)
        {
            case JsonObject members:
                JsonObject kept = [];
                foreach ((string name, JsonNode? value) in members)
                {
                    if (Keep(value, Below(paths, name)) is { } inner)
                    {
                        kept[name] = inner;
                    }
                }

                return kept.Count > 0 ? kept : null;
            case JsonArray elements:
                // Paths go through arrays: items.index.status is the status of every item.
                JsonNode[] rest = [.. elements.Select(element => Keep(element, paths)).OfType<JsonNode>()];
                return rest.Length > 0 ? new JsonArray(rest) : null;
            default:
                return null;
        }
    }

    private static List<string[]> Below(IReadOnlyList<string[]> paths, string name)
    {
        List<string[]> below = [];
        foreach (string[] path in paths)
        {
            if (path[0] == "**")
            {
                below.Add(path);
                below.AddRange(Below([path[1..]], name));
            }
            else if (DestinationName.Matches(name, path[0]))
            {
                below.Add(path[1..]);
            }
        }

        return below;
    }
}
