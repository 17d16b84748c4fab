using FanOut.Aws.Lambda;
using FanOut.Engine.Mappings;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Deployment.Policies;

/// <summary>Collects the facts about a function that decide which permissions it needs.</summary>
internal static class ReadFacts
{
    /// <summary>The facts about an existing function.</summary>
    /// <param name="read">Its settings and its table.</param>
    /// <param name="region">Its region.</param>
    /// <param name="eventSourceMappings">Its event source mappings.</param>
    /// <param name="rows">The rows of its table.</param>
    public static FunctionFacts Of(ReadSources read, string region,
        IEnumerable<EventSourceMappingConfiguration> eventSourceMappings, IReadOnlyList<TargetRow> rows)
    {
        FunctionConfiguration configuration = read.Configuration;
        Arn function = Unqualified(configuration.FunctionArn, configuration.FunctionName, region);
        return new FunctionFacts
        {
            Function = function,
            RoleArn = configuration.Role is { Length: > 0 } role ? role : DefaultRole(function),
            TableArn = Table(read.TableName, function),
            PublishesMetrics = read.Variables.TryGetValue(FunctionVariables.Metrics, out string? metrics) && metrics.Equals("cloudwatch", StringComparison.OrdinalIgnoreCase),
            IsInVpc = configuration.VpcConfig?.SubnetIds is { Count: > 0 },
            VariablesKey = configuration.KMSKeyArn is { Length: > 0 } key ? key : null,
            Sources = [.. eventSourceMappings.Select(ConnectedSource.Of)],
            Mappings = [.. rows.Select(static r => r.Mapping).OfType<Mapping>()],
            Notes = [.. rows.Where(static r => r.Mapping is null).Select(static r => Ignored(r.ToTarget().Id))],
        };
    }

    /// <summary>The facts about a function that will be published with default settings.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="home">Its location.</param>
    /// <param name="table">The table's name or ARN.</param>
    /// <param name="rows">The rows of the table, if there is one already.</param>
    public static FunctionFacts OfPlanned(string name, AwsLocation home, string table, IReadOnlyList<TargetRow> rows)
    {
        var function = new Arn(home.Partition, "lambda", home.Region, home.Account, $"function:{name}");
        return new FunctionFacts
        {
            Function = function,
            RoleArn = DefaultRole(function),
            TableArn = Table(table, function),
            Sources = [.. rows.Select(static r => r.SourceArn).Distinct().Select(static s => new ConnectedSource(s))],
            Mappings = [.. rows.Select(static r => r.Mapping).OfType<Mapping>()],
            Notes = [.. rows.Where(static r => r.Mapping is null).Select(static r => Ignored(r.ToTarget().Id))],
        };
    }

    /// <summary>The note about a row that is not a valid mapping.</summary>
    public static string Ignored(string id) => $"Target '{id}': the row is not a valid mapping, so nothing is allowed for it.";

    /// <summary>The role of a function if no other is given.</summary>
    public static string DefaultRole(Arn function) => $"arn:{function.Partition}:iam::{function.Account}:role/{function.ResourceName}Role";

    private static Arn Unqualified(string? functionArn, string? name, string region) =>
        Arn.TryParse(functionArn, out Arn? arn)
            ? arn with { Resource = $"function:{arn.ResourceName.Split(':')[0]}" }
            : new Arn(Partition.OfRegion(region).Id, "lambda", region, "", $"function:{name}");

    private static string Table(string table, Arn function) => Arn.Looks(table) ? table : AwsLocation.Of(function).ArnOf("dynamodb", $"table/{table}");
}
