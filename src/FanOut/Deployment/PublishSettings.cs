using FanOut.Engine.Mappings;

namespace FanOut.Deployment;

/// <summary>The wanted settings of a function. Null: not given, so a new function gets the default, and an existing one keeps what it has.</summary>
internal sealed record PublishSettings
{
    /// <summary>The memory of a new function in MB.</summary>
    public const int DefaultMemory = 128;

    /// <summary>The processor of a new function.</summary>
    public const string DefaultArchitecture = "arm64";

    /// <summary>The runtime of a new function.</summary>
    public const string DefaultRuntime = "provided.al2023";

    /// <summary>
    /// The runtime of a new function where the module holds only the portable package, because the machine that built it cannot link a Native AOT
    /// program for Linux.
    /// </summary>
    public const string PortableRuntime = "dotnet10";

    /// <summary>The program's name in the package.</summary>
    public const string Handler = "bootstrap";

    /// <summary>How long an invocation of a new function may last.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The function, without an alias or version.</summary>
    public required FunctionDestination Function { get; init; }

    /// <summary>The table's name or ARN. A table that is given by its ARN is left alone.</summary>
    public string? Table { get; init; }

    /// <summary>The role's name or ARN. A role that is given by its ARN is left alone, without any call to IAM.</summary>
    public string? Role { get; init; }

    /// <summary>Subnets of the VPC; empty: the function leaves its VPC.</summary>
    public IReadOnlyList<string>? Subnets { get; init; }

    /// <summary>Security groups of the VPC.</summary>
    public IReadOnlyList<string>? SecurityGroups { get; init; }

    /// <summary>Memory in MB.</summary>
    public int? Memory { get; init; }

    /// <summary>How long an invocation may last.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary><c>arm64</c> or <c>x86_64</c>.</summary>
    public string? Architecture { get; init; }

    /// <summary>The runtime.</summary>
    public string? Runtime { get; init; }

    /// <summary>Environment variables by their names; a value of null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?>? Environment { get; init; }

    /// <summary>Tags of everything that is created.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>ARN of the key of the variables; empty: Lambda's own.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>ARNs of the keys that encrypt sources and destinations, beside those that are found; null: those that the role's policy has.</summary>
    public IReadOnlyList<string>? ResourceKeys { get; init; }

    /// <summary>Days that logs are kept.</summary>
    public int? LogRetentionDays { get; init; }

    /// <summary><c>cloudwatch</c>, <c>emf</c> or <c>none</c>.</summary>
    public string? Metrics { get; init; }

    /// <summary>Invocations to reserve; -1 removes the reservation.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>Whether a version is published.</summary>
    public bool PublishVersion { get; init; }

    /// <summary>The alias to set to that version.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether the result is published as a version.</summary>
    public bool MakesVersion => PublishVersion || Alias is not null;

    /// <summary>The user's own package.</summary>
    public string? PackagePath { get; init; }

    /// <summary>Whether the role's policies are left alone.</summary>
    public bool SkipPolicy { get; init; }

    /// <summary>Whether the code of a function that does not look like a fan-out function is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>How long to wait for each change.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The function's name.</summary>
    public string Name => Function.Name;
}
