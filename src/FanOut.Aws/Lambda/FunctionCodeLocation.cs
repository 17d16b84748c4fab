namespace FanOut.Aws.Lambda;

/// <summary>Where a function's deployment package can be fetched.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCodeLocation.html</remarks>
public sealed class FunctionCodeLocation
{
    /// <summary><c>S3</c> for a zip archive.</summary>
    public string? RepositoryType { get; set; }

    /// <summary>A URL that gives the package for ten minutes, to anybody who has the URL: it belongs in no log.</summary>
    public string? Location { get; set; }
}
