namespace FanOut.Aws.Lambda;

/// <summary>Changes a function's settings: those that are set here; <see langword="null"/> leaves a setting as it is.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html</remarks>
public sealed class UpdateFunctionConfigurationRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }

    /// <summary>Only change the function if this is its revision; else the service refuses with <c>PreconditionFailedException</c>.</summary>
    public string? RevisionId { get; set; }

    /// <summary>Its description; empty removes it.</summary>
    public string? Description { get; set; }

    /// <summary>ARN of the role that it runs with.</summary>
    public string? Role { get; set; }

    /// <summary>Its runtime, such as <c>provided.al2023</c>.</summary>
    public string? Runtime { get; set; }

    /// <summary>The handler.</summary>
    public string? Handler { get; set; }

    /// <summary>Memory in MB, 128 to 10,240.</summary>
    public int? MemorySize { get; set; }

    /// <summary>How long an invocation may last, in seconds, 1 to 900.</summary>
    public int? Timeout { get; set; }

    /// <summary>Its environment variables, all of them.</summary>
    public Environment? Environment { get; set; }

    /// <summary>The VPC it is connected to.</summary>
    public VpcConfig? VpcConfig { get; set; }

    /// <summary>ARN of the key that encrypts the environment variables; empty: Lambda's own key.</summary>
    public string? KMSKeyArn { get; set; }
}
