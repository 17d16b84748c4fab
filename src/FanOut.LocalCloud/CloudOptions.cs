namespace FanOut.LocalCloud;

/// <summary>The options of a cloud. The defaults suit most tests.</summary>
public sealed record CloudOptions
{
    /// <summary>The account of everything that is made without another account, and of access keys that STS did not issue.</summary>
    /// <value><c>123456789012</c> by default.</value>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>The region of everything that is made without another region.</summary>
    /// <value><c>us-east-1</c> by default.</value>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The clock: arrival times, expiry, visibility, slow answers, the age of signatures.</summary>
    /// <value>The system's by default.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The seed of everything random, so that a run of faults can be repeated.</summary>
    /// <value>1 by default.</value>
    public int Seed { get; init; } = 1;

    /// <summary>The port to listen on, on the loopback address.</summary>
    /// <value>0 by default: a free one.</value>
    public int Port { get; init; }

    /// <summary>
    /// Whether calls of sessions of the stand-in's IAM roles, a deployed function's above all, need what the role's policies allow. Keys of the
    /// account itself and of roles that were only declared (<see cref="Sts.StsService.AddRole"/>) may do everything; policies of resources are
    /// not asked.
    /// </summary>
    /// <value>false by default</value>
    public bool EnforcePolicies { get; init; }

    /// <summary>How many calls of Lambda fail because a new role cannot be assumed yet, as IAM's changes take effect with a delay.</summary>
    /// <value>0 by default</value>
    public int CallsUntilRoleIsAssumable { get; init; }
}
