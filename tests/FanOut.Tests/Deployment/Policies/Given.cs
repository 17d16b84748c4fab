using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;

namespace FanOut.Tests.Deployment.Policies;

/// <summary>Functions and mappings for the tests of policies.</summary>
internal static class Given
{
    public const string Orders = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    public const string Writer = "arn:aws:iam::210987654321:role/teams/writer";

    public static FunctionFacts Function(params IReadOnlyList<Mapping> mappings) => FunctionIn("aws", "us-east-1", mappings);

    public static FunctionFacts FunctionIn(string partition, string region, params IReadOnlyList<Mapping> mappings) => new()
    {
        Function = new Arn(partition, "lambda", region, "123456789012", "function:fanout"),
        RoleArn = $"arn:{partition}:iam::123456789012:role/fanoutRole",
        TableArn = $"arn:{partition}:dynamodb:{region}:123456789012:table/fanoutTargets",
        Mappings = mappings,
    };

    public static Mapping Target(TargetType type, string destination, string? role = null, string? externalId = null, string? region = null, string id = "t")
    {
        Assert.True(Destination.TryParse(type, destination, out Destination? parsed, out string? problem), problem);
        return new Mapping { SourceArn = Orders, Id = id, Type = type, Destination = parsed, Active = false, Role = role, ExternalId = externalId, Region = region };
    }

    public static Mapping WithDeadLetter(this Mapping mapping, string place, OnFailure onFailure = OnFailure.DeadLetter)
    {
        Assert.True(Destination.TryParseDeadLetter(place, out Destination? parsed, out string? problem), problem);
        return mapping with { DeadLetter = parsed, OnFailure = onFailure };
    }

    /// <summary>Each resource with each action on it, of the statements that are no function's own.</summary>
    public static string[] Allowed(this PolicyDocument document) =>
    [
        .. document.Statements.Where(static s => s.Sid is not ("WriteLogs" or "ReadMappings" or "RememberProgress" or "PublishMetrics"))
            .SelectMany(static s => s.Resources.SelectMany(r => s.Actions.Select(a => $"{a} {r}"))),
    ];
}
