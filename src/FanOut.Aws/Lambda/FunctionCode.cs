namespace FanOut.Aws.Lambda;

/// <summary>A new function's deployment package.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html</remarks>
public sealed class FunctionCode
{
    /// <summary>The zip archive, at most 50 MB; must not change before the call has answered.</summary>
    public required ReadOnlyMemory<byte> ZipFile { get; set; }
}
