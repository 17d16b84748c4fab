namespace FanOut.Aws;

/// <summary>Which of a service's endpoints is wanted.</summary>
/// <param name="Fips">One with cryptography validated by FIPS 140: <c>AWS_USE_FIPS_ENDPOINT</c>.</param>
/// <param name="DualStack">One that is reached by IPv6 too: <c>AWS_USE_DUALSTACK_ENDPOINT</c>.</param>
internal readonly record struct EndpointVariant(bool Fips, bool DualStack)
{
    /// <summary>Whether it is another than the usual one.</summary>
    public bool IsSpecial => Fips || DualStack;

    /// <summary>What set it, where that is known; null: the environment.</summary>
    public string? Origin { get; init; }

    /// <summary>What was set for it, for messages.</summary>
    public override string ToString() => Origin ?? (Fips, DualStack) switch
    {
        (true, true) => "AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT",
        (true, false) => "AWS_USE_FIPS_ENDPOINT",
        (false, true) => "AWS_USE_DUALSTACK_ENDPOINT",
        _ => "neither",
    };

    /// <summary>What the environment asks for.</summary>
    public static EndpointVariant OfEnvironment() => new(IsOn("AWS_USE_FIPS_ENDPOINT"), IsOn("AWS_USE_DUALSTACK_ENDPOINT"));

    private static bool IsOn(string variable) => string.Equals(Environment.GetEnvironmentVariable(variable), "true", StringComparison.OrdinalIgnoreCase);
}
