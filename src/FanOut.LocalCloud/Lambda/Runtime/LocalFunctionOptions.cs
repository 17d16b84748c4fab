namespace FanOut.LocalCloud.Lambda.Runtime;

/// <summary>A function that runs as processes of this machine.</summary>
public sealed record LocalFunctionOptions
{
    /// <summary>The function's name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The program: a file, of which a <c>.dll</c> is started by <c>dotnet</c>, or a folder that holds <c>bootstrap</c>,
    /// <c>bootstrap.exe</c> or <c>bootstrap.dll</c>.
    /// </summary>
    public required string Program { get; init; }

    /// <summary>The program's arguments; Lambda itself gives none.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables beside Lambda's own, which they override.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the function's AWS calls go (<c>AWS_ENDPOINT_URL</c>); null leaves them to AWS.</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>The longest invocation, not counting the process's start.</summary>
    /// <value>3 s, as in Lambda</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The longest start of a process: until it asks for its first invocation.</summary>
    /// <value>30 s. Lambda allows 10 s and then starts again; a debug build on a busy machine needs longer than a published program.</value>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The memory in MB, which the function sees in its environment; it is not enforced.</summary>
    /// <value>128</value>
    public int MemorySize { get; init; } = 128;

    /// <summary>How many processes run at a time, each with one invocation; more invocations wait.</summary>
    /// <value>10</value>
    public int Concurrency { get; init; } = 10;

    /// <summary>The handler's name (<c>_HANDLER</c>).</summary>
    /// <value><c>bootstrap</c></value>
    public string Handler { get; init; } = "bootstrap";

    /// <summary>The runtime that the API shows.</summary>
    /// <value><c>provided.al2023</c></value>
    public string Runtime { get; init; } = "provided.al2023";

    /// <summary>The instruction set that the API shows.</summary>
    /// <value><c>x86_64</c></value>
    public string Architecture { get; init; } = "x86_64";

    /// <summary>The execution role's ARN that the API shows; null for the role that has the function's name.</summary>
    /// <value>null</value>
    public string? Role { get; init; }

    /// <summary>The description that the API shows.</summary>
    /// <value>Empty</value>
    public string Description { get; init; } = "";

    /// <summary>The key that encrypts the environment, as the API shows it; null for Lambda's own.</summary>
    /// <value>null</value>
    public string? KmsKeyArn { get; init; }

    /// <summary>The tags that the API shows.</summary>
    /// <value>None</value>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The aliases and versions that exist; null: every one exists.</summary>
    /// <value>null</value>
    public IReadOnlyList<string>? Qualifiers { get; init; }

    /// <summary>The function's region, which also tells its partition.</summary>
    /// <value><c>us-east-1</c></value>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The function's account.</summary>
    /// <value><c>123456789012</c></value>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>The role's access key, made up.</summary>
    public string AccessKeyId { get; init; } = "ASIALOCALCLOUD000000";

    /// <summary>The role's secret key, made up.</summary>
    public string SecretAccessKey { get; init; } = "local-secret-access-key";

    /// <summary>The role's session token, made up.</summary>
    public string SessionToken { get; init; } = "local-session-token";

    /// <summary>Gets each line that a process writes, beside <see cref="LocalFunction.Log"/>. Called from several threads.</summary>
    public Action<string>? OnLogLine { get; init; }

    /// <summary>The emulator for a program of another processor; null: none.</summary>
    internal string? Emulator { get; init; }

    /// <summary>The version that the function sees in its environment.</summary>
    internal string Version { get; init; } = "$LATEST";

    /// <summary>The log group that the function sees in its environment; null: that of its name.</summary>
    internal string? LogGroupName { get; init; }

    /// <summary>The log stream that the function sees in its environment; null: an invented one.</summary>
    internal string? LogStreamName { get; init; }

    /// <summary>The function's ARN.</summary>
    public string Arn => ArnText.Of("lambda", Region, AccountId, $"function:{Name}");

    /// <summary>The configuration that the API shows.</summary>
    internal LambdaFunctionConfiguration Configuration => new()
    {
        Runtime = Runtime,
        Role = Role,
        Handler = Handler,
        Description = Description,
        Timeout = Timeout,
        MemorySize = MemorySize,
        Environment = Environment,
        KmsKeyArn = KmsKeyArn,
        Architecture = Architecture,
        Tags = Tags,
        Qualifiers = Qualifiers,
    };

    /// <summary>The same program with a configuration that was changed over the API.</summary>
    internal LocalFunctionOptions With(LambdaFunctionConfiguration configuration) => this with
    {
        Runtime = configuration.Runtime,
        Role = configuration.Role,
        Handler = configuration.Handler,
        Description = configuration.Description,
        Timeout = configuration.Timeout,
        MemorySize = configuration.MemorySize,
        Environment = configuration.Environment,
        KmsKeyArn = configuration.KmsKeyArn,
    };
}
