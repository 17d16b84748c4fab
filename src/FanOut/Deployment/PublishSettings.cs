using FanOut.Engine.Mappings;

namespace FanOut.Deployment;

/// <summary>What a function is to be like; <see langword="null"/> was not said: a default for a new function, as it is for one that is there.</summary>
internal sealed record PublishSettings
{
    /// <summary>The memory of a new function in MB.</summary>
    public const int DefaultMemory = 128;

    /// <summary>The processor of a new function.</summary>
    public const string DefaultArchitecture = "arm64";

    /// <summary>The runtime of a new function.</summary>
    public const string DefaultRuntime = "provided.al2023";

    /// <summary>The runtime of a new function where the module holds only the portable package, because the machine that built it links none for Linux.</summary>
    public const string PortableRuntime = "dotnet10";

    /// <summary>The program's name in the package.</summary>
    public const string Handler = "bootstrap";

    /// <summary>How long an invocation of a new function may last.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The function, without an alias or version.</summary>
    public required FunctionDestination Function { get; init; }

    /// <summary>The table's name or ARN; an ARN is taken as it is.</summary>
    public string? Table { get; init; }

    /// <summary>The role's name or ARN; with an ARN nothing of IAM is called.</summary>
    public string? Role { get; init; }

    /// <summary>Subnets of the VPC; empty: out of it.</summary>
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

    /// <summary>Variables; <see langword="null"/> takes one away.</summary>
    public IReadOnlyDictionary<string, string?>? Environment { get; init; }

    /// <summary>Tags of all that is made.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>ARN of the key of the variables; empty: Lambda's own.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>Days that logs are kept.</summary>
    public int? LogRetentionDays { get; init; }

    /// <summary><c>cloudwatch</c>, <c>emf</c> or <c>none</c>.</summary>
    public string? Metrics { get; init; }

    /// <summary>Invocations that may run at once; -1: not reserved any more.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>Whether a version is published.</summary>
    public bool PublishVersion { get; init; }

    /// <summary>The alias that names that version.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether there is to be a version of the function as it is in the end.</summary>
    public bool MakesVersion => PublishVersion || Alias is not null;

    /// <summary>A package of one's own.</summary>
    public string? PackagePath { get; init; }

    /// <summary>Whether the role's policies are left alone.</summary>
    public bool SkipPolicy { get; init; }

    /// <summary>Whether a function that does not look like a fan-out function is taken over.</summary>
    public bool Force { get; init; }

    /// <summary>How long to wait for each change.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The function's name.</summary>
    public string Name => Function.Name;
}
