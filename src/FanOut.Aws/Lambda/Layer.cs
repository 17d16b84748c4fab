namespace FanOut.Aws.Lambda;

/// <summary>A version of a layer that a function has.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_Layer.html</remarks>
public sealed class Layer
{
    /// <summary>ARN of the version.</summary>
    public string? Arn { get; set; }

    /// <summary>Its size in bytes.</summary>
    public long? CodeSize { get; set; }
}
