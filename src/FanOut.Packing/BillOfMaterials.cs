using System.Text.Json;
using System.Text.Json.Nodes;

namespace FanOut.Packing;

/// <summary>The bill of materials of a release, in CycloneDX's form: what dotnet-CycloneDX wrote of the packages, and what it cannot see.</summary>
/// <remarks>The form: <see href="https://cyclonedx.org/docs/1.7/json/"/>.</remarks>
internal static class BillOfMaterials
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes it: the same parts give the same text, so without the time at which it was made.</summary>
    /// <param name="json">What the tool wrote.</param>
    /// <param name="linked">The packages that are linked into the function's programs, which no project refers to.</param>
    public static string Of(string json, IEnumerable<RestoredPackage> linked)
    {
        JsonObject bill = JsonNode.Parse(json)!.AsObject();
        bill["metadata"]!.AsObject().Remove("timestamp");
        JsonArray components = bill["components"]!.AsArray();
        LeaveOutTools(bill, components);
        foreach (RestoredPackage package in linked)
        {
            string address = $"pkg:nuget/{package.Id}@{package.Version}";
            components.Add(new JsonObject
            {
                ["type"] = "library",
                ["bom-ref"] = address,
                ["name"] = package.Id,
                ["version"] = package.Version,
                ["scope"] = "required",
                ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = package.Licence } }),
                ["copyright"] = package.Copyright,
                ["purl"] = address,
            });
        }

        return bill.ToJsonString(Indented) + "\n";
    }

    // Analyzers and other tools of the build, which nobody gets.
    private static void LeaveOutTools(JsonObject bill, JsonArray components)
    {
        HashSet<string?> tools = [.. components.Where(static c => (string?)c!["scope"] == "excluded").Select(static c => (string?)c!["bom-ref"])];
        components.RemoveAll(c => tools.Contains((string?)c!["bom-ref"]));
        JsonArray dependencies = bill["dependencies"]?.AsArray() ?? [];
        dependencies.RemoveAll(d => tools.Contains((string?)d!["ref"]));
        foreach (JsonNode? dependency in dependencies)
        {
            dependency!["dependsOn"]?.AsArray().RemoveAll(d => tools.Contains((string?)d));
        }
    }
}
