using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda.Deployment;

/// <summary>
/// Writes the output of a function into its log group, if its role allows that. Like Lambda, it creates the group if there is none.
/// </summary>
internal sealed class FunctionOutput(Cloud cloud, string functionArn, string version, LambdaFunctionConfiguration configuration)
{
    private readonly object _gate = new();
    private string? _openGroup;
    private volatile bool _closed;

    public LambdaFunctionConfiguration Configuration { get; set; } = configuration;

    /// <summary>The log stream of all the function's processes; Lambda has one for each.</summary>
    public string Stream { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{cloud.Options.TimeProvider.GetUtcNow():yyyy/MM/dd}/[{version}]{Guid.NewGuid():N}");

    /// <summary>The log group's name.</summary>
    public string Group => GroupOf(Configuration, functionArn);

    public static string GroupOf(LambdaFunctionConfiguration configuration, string functionArn) =>
        configuration.Others.TryGetValue("LoggingConfig", out JsonElement logging) && logging.Text("LogGroup") is { } group
            ? group
            : $"/aws/lambda/{DestinationName.Short(functionArn)}";

    public void Write(string line)
    {
        if (_closed)
        {
            return;
        }

        var group = ArnText.Of("logs", ArnText.Part(functionArn, 3), ArnText.Part(functionArn, 4), $"log-group:{Group}");
        if (Open(group) && cloud.Access.Allows(Configuration.Role, "logs:PutLogEvents", $"{group}:log-stream:{Stream}"))
        {
            cloud.Logs.Write(group, Stream, line);
        }
    }

    /// <summary>Writes nothing any more.</summary>
    public void Close() => _closed = true;

    // Once for each group: the stream is made only once.
    private bool Open(string group)
    {
        lock (_gate)
        {
            if (_openGroup == group)
            {
                return true;
            }

            if (cloud.Logs.Find(group) is null)
            {
                if (!cloud.Access.Allows(Configuration.Role, "logs:CreateLogGroup", $"{group}:log-stream:"))
                {
                    return false;
                }

                cloud.Logs.Add(group);
            }

            if (!cloud.Access.Allows(Configuration.Role, "logs:CreateLogStream", $"{group}:log-stream:{Stream}"))
            {
                return false;
            }

            _openGroup = group;
            return true;
        }
    }
}
