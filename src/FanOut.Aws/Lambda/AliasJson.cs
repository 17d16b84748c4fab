using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <summary>Writes and reads aliases as JSON.</summary>
internal static class AliasJson
{
    public static void Read(JsonElement json, AliasConfiguration alias)
    {
        alias.AliasArn = json.Text("AliasArn");
        alias.Name = json.Text("Name");
        alias.FunctionVersion = json.Text("FunctionVersion");
        alias.Description = json.Text("Description");
        alias.RoutingConfig = json.Structure("RoutingConfig", static routing => new AliasRoutingConfiguration
        {
            AdditionalVersionWeights = routing.Member("AdditionalVersionWeights")?.EnumerateObject()
                .ToDictionary(entry => entry.Name, entry => entry.Value.GetDouble(), StringComparer.Ordinal),
        });
        alias.RevisionId = json.Text("RevisionId");
    }

    public static void Read(JsonElement json, ListAliasesResponse response)
    {
        response.Aliases = json.Each("Aliases", static item =>
        {
            var alias = new AliasConfiguration();
            Read(item, alias);
            return alias;
        });
        response.NextMarker = json.Token("NextMarker");
    }

    public static void Write(Utf8JsonWriter json, CreateAliasRequest request)
    {
        json.WriteString("Name", request.Name);
        json.WriteString("FunctionVersion", request.FunctionVersion);
        json.Optional("Description", request.Description);
        json.Structure("RoutingConfig", request.RoutingConfig, WriteRouting);
    }

    public static void Write(Utf8JsonWriter json, UpdateAliasRequest request)
    {
        json.Optional("FunctionVersion", request.FunctionVersion);
        json.Optional("Description", request.Description);
        json.Structure("RoutingConfig", request.RoutingConfig, WriteRouting);
        json.Optional("RevisionId", request.RevisionId);
    }

    private static void WriteRouting(Utf8JsonWriter json, AliasRoutingConfiguration routing) =>
        json.Structure("AdditionalVersionWeights", routing.AdditionalVersionWeights, static (json, weights) =>
        {
            foreach ((string version, double weight) in weights)
            {
                json.WriteNumber(version, weight);
            }
        });
}
