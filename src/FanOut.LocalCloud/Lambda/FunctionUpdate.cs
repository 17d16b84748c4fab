using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.LocalCloud.Lambda.Deployment;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda;

/// <summary>Reads the new configuration out of an UpdateFunctionConfiguration request; what it does not name stays.</summary>
internal static class FunctionUpdate
{
    private static readonly string[] Others =
        ["VpcConfig", "DeadLetterConfig", "TracingConfig", "Layers", "FileSystemConfigs", "ImageConfig", "EphemeralStorage", "SnapStart", "LoggingConfig"];

    /// <summary>The configuration, changed as the request says.</summary>
    /// <param name="request">The request.</param>
    /// <param name="configuration">The configuration as it is.</param>
    /// <param name="cloud">Knows which VPC a subnet is in; null: nothing is known of that.</param>
    /// <exception cref="ServiceException">ValidationException, InvalidParameterValueException: a value is out of bounds or not allowed.</exception>
    public static LambdaFunctionConfiguration Apply(JsonElement request, LambdaFunctionConfiguration configuration, Cloud? cloud) => configuration with
    {
        Runtime = request.Text("Runtime") is { } runtime ? RuntimeNames.Checked(runtime) : configuration.Runtime,
        Role = request.Text("Role") is { } role ? ExecutionRole.Checked(role) : configuration.Role,
        Handler = request.Text("Handler") ?? configuration.Handler,
        Description = request.Text("Description") ?? configuration.Description,
        Timeout = Bounded(request, "Timeout", 1, 900) is { } seconds ? TimeSpan.FromSeconds(seconds) : configuration.Timeout,
        MemorySize = Bounded(request, "MemorySize", 128, 10_240) ?? configuration.MemorySize,
        KmsKeyArn = request.Text("KMSKeyArn") switch
        {
            null => configuration.KmsKeyArn,
            "" => null,
            var key => key,
        },
        Environment = request.Field("Environment") is { } environment
            ? EnvironmentVariables.Checked(environment.Texts("Variables"))
            : configuration.Environment,
        Others = Others
            .Select(name => (Name: name, Value: request.Field(name) ?? (configuration.Others.TryGetValue(name, out var kept) ? kept : null)))
            .Where(other => other.Value is not null)
            .ToDictionary(other => other.Name, other => other.Name == "VpcConfig" ? WithVpc(other.Value!.Value, cloud) : other.Value!.Value.Clone()),
    };

    // Requests name subnets, answers their VPC too.
    private static JsonElement WithVpc(JsonElement network, Cloud? cloud)
    {
        var members = JsonObject.Create(network.Clone())!;
        var subnets = network.Items("SubnetIds").Select(static s => s.GetString()).ToArray();
        members["VpcId"] = cloud?.Ec2.Subnets.FirstOrDefault(s => subnets.Contains(s.Id))?.VpcId ?? "";
        return JsonDocument.Parse(members.ToJsonString()).RootElement.Clone();
    }

    private static int? Bounded(JsonElement request, string name, int least, int most)
    {
        var value = request.Number(name);
        if (value is null || (value >= least && value <= most))
        {
            return value;
        }

        var bound = value < least ? $"greater than or equal to {least}" : $"less than or equal to {most}";
        throw new ServiceException(
            "ValidationException",
            string.Create(CultureInfo.InvariantCulture, $"1 validation error detected: Value '{value}' at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must have value {bound}"));
    }
}
