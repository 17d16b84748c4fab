using FanOut.Aws.Lambda;
using FanOut.Engine.Mappings;

namespace FanOut.Deployment;

/// <summary>The settings of a function that must change: those that were given and differ.</summary>
internal sealed class FunctionChanges
{
    private readonly List<string> _names = [];
    private readonly List<FanOutAttributeChange> _attributes = [];

    private FunctionChanges(string function) => Request = new() { FunctionName = function };

    /// <summary>The call that changes them.</summary>
    public UpdateFunctionConfigurationRequest Request { get; }

    /// <summary>Whether there is anything to change.</summary>
    public bool Any => _names.Count > 0;

    /// <summary>The change as -WhatIf shows it: names, and only such values as cannot be secret.</summary>
    public string Action => $"Update: {string.Join(", ", _names)}";

    /// <summary>The attributes that change, by the names of the parameters.</summary>
    public IReadOnlyList<FanOutAttributeChange> Attributes => _attributes;

    /// <summary>Compares a function with what is wanted.</summary>
    /// <param name="now">The function.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="settings">What is wanted.</param>
    /// <param name="roleArn">The role that is wanted.</param>
    /// <param name="isUpgrade">Whether the original aws-lambda-fanout is upgraded.</param>
    /// <param name="mayReport">
    /// Whether the function may answer which records failed: only if every event source mapping that calls it asks for that. One that does not would
    /// take the answer for success.
    /// </param>
    public static FunctionChanges Of(
        FunctionConfiguration now, IReadOnlyDictionary<string, string> variables, PublishSettings settings, string roleArn, bool isUpgrade, bool mayReport)
    {
        var changes = new FunctionChanges(settings.Function.FunctionName);
        UpdateFunctionConfigurationRequest request = changes.Request;
        changes.Set("runtime", nameof(request.Runtime), now.Runtime, isUpgrade ? DeploymentPackage.RuntimeFor(settings, File.Exists) : settings.Runtime, v => request.Runtime = v);
        changes.Set("handler", nameof(request.Handler), now.Handler, isUpgrade || request.Runtime is not null ? PublishSettings.Handler : null, v => request.Handler = v);
        changes.Set("role", nameof(request.Role), now.Role, roleArn, v => request.Role = v);
        changes.Set("memory", nameof(request.MemorySize), now.MemorySize, settings.Memory, v => request.MemorySize = v);
        changes.Set("timeout", nameof(request.Timeout), now.Timeout, settings.Timeout is { } timeout ? (int)timeout.TotalSeconds : null, v => request.Timeout = v);
        changes.Set("key", nameof(settings.KmsKeyArn), now.KMSKeyArn ?? "", settings.KmsKeyArn, v => request.KMSKeyArn = v);
        changes.SetNetwork(now, settings);
        changes.SetVariables(variables, settings, mayReport && !isUpgrade);
        return changes;
    }

    /// <summary>The processor that the function is to have: Lambda's default where it tells none.</summary>
    public static string ArchitectureOf(FunctionConfiguration now, PublishSettings settings, bool isUpgrade) =>
        settings.Architecture ?? (isUpgrade ? PublishSettings.DefaultArchitecture : now.Architectures is [var first, ..] ? first : "x86_64");

    private void Set<T>(string name, string attribute, T? now, T? wanted, Action<T> set)
    {
        if (wanted is not null && !wanted.Equals(now))
        {
            set(wanted);
            _names.Add($"{name} {wanted}");
            _attributes.Add(new FanOutAttributeChange { Name = attribute, Old = now is "" ? null : now, New = wanted is "" ? null : wanted });
        }
    }

    private void SetNetwork(FunctionConfiguration now, PublishSettings settings)
    {
        if (settings.Subnets is not { } subnets || settings.SecurityGroups is not { } groups
            || (subnets.ToHashSet().SetEquals(now.VpcConfig?.SubnetIds ?? []) && groups.ToHashSet().SetEquals(now.VpcConfig?.SecurityGroupIds ?? [])))
        {
            return;
        }

        Request.VpcConfig = new VpcConfig { SubnetIds = [.. subnets], SecurityGroupIds = [.. groups] };
        _attributes.Add(new FanOutAttributeChange { Name = "Subnet", Old = List(now.VpcConfig?.SubnetIds), New = List(subnets) });
        _attributes.Add(new FanOutAttributeChange { Name = "SecurityGroup", Old = List(now.VpcConfig?.SecurityGroupIds), New = List(groups) });
        _names.Add(subnets.Count == 0 ? "out of the VPC" : $"subnets {string.Join(" ", subnets)}, security groups {string.Join(" ", groups)}");
    }

    private void SetVariables(IReadOnlyDictionary<string, string> now, PublishSettings settings, bool mayReport)
    {
        Dictionary<string, string> wanted = FunctionEnvironment.Of(now, settings, isNew: false, mayReport);
        string[] changed = [.. wanted.Keys.Union(now.Keys).Where(k => wanted.GetValueOrDefault(k) != now.GetValueOrDefault(k)).Order(StringComparer.Ordinal)];
        if (changed.Length > 0)
        {
            Request.Environment = new() { Variables = wanted };
            _names.Add($"variables {string.Join(" ", changed)}");
            _attributes.AddRange(changed.Select(k => new FanOutAttributeChange
            {
                Name = $"Environment.{k}", Old = now.ContainsKey(k) ? Masked.Stars : null, New = wanted.ContainsKey(k) ? Masked.Stars : null,
            }));
        }
    }

    private static string? List(IEnumerable<string>? ids) => string.Join(", ", ids ?? []) is { Length: > 0 } text ? text : null;
}
