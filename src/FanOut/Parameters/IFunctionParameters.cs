using System.Collections;

namespace FanOut.Parameters;

/// <summary>The parameters that say how a function is published; null: not given.</summary>
internal interface IFunctionParameters
{
    /// <summary>The role, by its name or ARN.</summary>
    string? Role { get; }

    /// <summary>Subnets of a VPC; empty: none.</summary>
    string[]? Subnet { get; }

    /// <summary>Security groups in the VPC.</summary>
    string[]? SecurityGroup { get; }

    /// <summary>Memory in MB.</summary>
    int? MemorySize { get; }

    /// <summary>How long an invocation may last.</summary>
    TimeSpan? Timeout { get; }

    /// <summary>The processor.</summary>
    string? Architecture { get; }

    /// <summary>The runtime.</summary>
    string? Runtime { get; }

    /// <summary>Environment variables.</summary>
    IDictionary? Environment { get; }

    /// <summary>Tags.</summary>
    IDictionary? Tag { get; }

    /// <summary>The key of the variables; empty: Lambda's own.</summary>
    string? KmsKeyArn { get; }

    /// <summary>Keys of sources and targets that cannot be found.</summary>
    string[]? ResourceKmsKeyArn { get; }

    /// <summary>How many days logs are kept.</summary>
    int? LogRetentionDays { get; }

    /// <summary>Where metrics go.</summary>
    string? Metrics { get; }

    /// <summary>Invocations to reserve; -1 removes the reservation.</summary>
    int? ReservedConcurrency { get; }
}
