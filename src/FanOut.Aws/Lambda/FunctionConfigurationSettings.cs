namespace FanOut.Aws.Lambda;

/// <summary>Settings of a function; null: not sent.</summary>
/// <remarks>In the AWSSDK the requests have these members themselves; here they inherit them.</remarks>
public abstract class FunctionConfigurationSettings
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }

    /// <summary>Its description; empty removes it.</summary>
    public string? Description { get; set; }

    /// <summary>ARN of the role that it runs with.</summary>
    public string? Role { get; set; }

    /// <summary>Its runtime, such as <c>provided.al2023</c>.</summary>
    public string? Runtime { get; set; }

    /// <summary>The handler; of a custom runtime the program's name.</summary>
    public string? Handler { get; set; }

    /// <summary>Memory in MB, 128 to 10,240. Default of a new function: 128.</summary>
    public int? MemorySize { get; set; }

    /// <summary>How long an invocation may last, in seconds, 1 to 900. Default of a new function: 3.</summary>
    public int? Timeout { get; set; }

    /// <summary>Its environment variables, all of them.</summary>
    public Environment? Environment { get; set; }

    /// <summary>The VPC it is connected to.</summary>
    public VpcConfig? VpcConfig { get; set; }

    /// <summary>ARN of the key that encrypts the environment variables; empty: Lambda's own key.</summary>
    public string? KMSKeyArn { get; set; }

    /// <summary>Where and how it logs.</summary>
    public LoggingConfig? LoggingConfig { get; set; }

    /// <summary>Whether its invocations are traced.</summary>
    public TracingConfig? TracingConfig { get; set; }

    /// <summary>ARNs of versions of layers, all of them; empty removes all.</summary>
    public List<string>? Layers { get; set; }
}
