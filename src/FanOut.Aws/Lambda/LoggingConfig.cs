namespace FanOut.Aws.Lambda;

/// <summary>Where and how a function logs.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html</remarks>
public sealed class LoggingConfig
{
    /// <summary><c>Text</c> or <c>JSON</c>.</summary>
    public string? LogFormat { get; set; }

    /// <summary>With <c>JSON</c>: the least level of the function's own lines, <c>TRACE</c> to <c>FATAL</c>.</summary>
    public string? ApplicationLogLevel { get; set; }

    /// <summary>With <c>JSON</c>: the least level of Lambda's lines, <c>DEBUG</c>, <c>INFO</c> or <c>WARN</c>.</summary>
    public string? SystemLogLevel { get; set; }

    /// <summary>The log group's name. Default: <c>/aws/lambda/</c> and the function's name.</summary>
    public string? LogGroup { get; set; }
}
