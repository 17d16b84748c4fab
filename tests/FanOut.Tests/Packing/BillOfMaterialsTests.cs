using System.Text.Json.Nodes;
using FanOut.Packing;

namespace FanOut.Tests.Packing;

public sealed class BillOfMaterialsTests
{
    private const string Written = """
        { "bomFormat": "CycloneDX", "specVersion": "1.7",
          "metadata": { "timestamp": "2026-11-28T06:37:59Z", "component": { "name": "FanOut", "version": "1.0.0" } },
          "components": [
            { "type": "library", "bom-ref": "pkg:nuget/AWSSDK.Core@4.0.1", "purl": "pkg:nuget/AWSSDK.Core@4.0.1" },
            { "type": "library", "bom-ref": "pkg:nuget/An.Analyzer@5.6.0", "scope": "excluded", "purl": "pkg:nuget/An.Analyzer@5.6.0" } ],
          "dependencies": [
            { "ref": "FanOut@1.0.0", "dependsOn": [ "pkg:nuget/AWSSDK.Core@4.0.1", "pkg:nuget/An.Analyzer@5.6.0" ] },
            { "ref": "pkg:nuget/An.Analyzer@5.6.0" } ] }
        """;

    private static readonly RestoredPackage Runtime = new("Runtime.Linux", "10.0.1", "MIT", "© Somebody", "", new Dictionary<string, string>());

    [Fact]
    public void What_is_linked_into_the_function_is_among_the_parts_and_what_only_builds_it_is_not()
    {
        JsonNode bill = JsonNode.Parse(BillOfMaterials.Of(Written, [Runtime]))!;

        Assert.Equal(["pkg:nuget/AWSSDK.Core@4.0.1", "pkg:nuget/Runtime.Linux@10.0.1"], bill["components"]!.AsArray().Select(static c => $"{c!["purl"]}"));
        Assert.Equal(["pkg:nuget/AWSSDK.Core@4.0.1"], Assert.Single(bill["dependencies"]!.AsArray())!["dependsOn"]!.AsArray().Select(static d => $"{d}"));
        Assert.Equal("MIT", $"{bill["components"]![1]!["licenses"]![0]!["license"]!["id"]}");
    }

    [Fact]
    public void The_same_parts_give_the_same_text_at_any_time()
    {
        Assert.Equal(BillOfMaterials.Of(Written, []), BillOfMaterials.Of(Written.Replace("2026-11-28", "2027-01-01", StringComparison.Ordinal), []));
        Assert.Equal("FanOut", $"{JsonNode.Parse(BillOfMaterials.Of(Written, []))!["metadata"]!["component"]!["name"]}");
    }
}
