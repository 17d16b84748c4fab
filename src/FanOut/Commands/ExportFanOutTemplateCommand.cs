using System.Management.Automation;
using System.Text.Json.Nodes;
using FanOut.Abstractions;
using FanOut.Completion;
using FanOut.Credentials;
using FanOut.Deployment.Monitoring;
using FanOut.Deployment.Templates;
using FanOut.Engine.Mappings;
using FanOut.Files;
using FanOut.Errors;
using FanOut.Parameters;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Writes a template of AWS CloudFormation that makes a fan-out function with all that it needs: what Publish-FanOutFunction and Connect-FanOutSource make by calls.</summary>
/// <remarks>
/// <para>Changes nothing in AWS. The template has the table of mappings, the log group, the role with exactly the policy that Publish-FanOutFunction writes, the function, the event source mappings of its streams, its subscriptions to topics with their permissions, and alarms. Names, defaults, variables and tags are those of Publish-FanOutFunction, so all cmdlets know the function that the stack makes as their own. The targets themselves are rows of the table: Register-FanOutTarget writes them when the stack is there.</para>
/// <para>Of a function that is there, the template has what it is now, changed by the parameters as Publish-FanOutFunction would change it; of one that is not, what it would be. Its sources are those that are connected, unless others are named or piped: those are as Connect-FanOutSource connects them, with the alias of -Alias if it is given. Its policy is for the targets of the table, unless targets are piped.</para>
/// <para>The package with the code comes from S3: the template has the parameters CodeBucket, CodeKey and CodeVersion for it. Values of your own environment variables, which may be secret, are not written: each is a parameter that the console does not show. Names and ARNs of the account and the region stand in the template as they are, so it belongs there.</para>
/// <para>The text is ASCII, so it is the same in every encoding that CloudFormation takes. docs/infrastructure.md has more: how a stack is deployed, what happens when cmdlets change what it made, and the same resources for Terraform.</para>
/// </remarks>
/// <example>
/// <code>Export-FanOutTemplate -Path fanout.template.json -CodeBucket deployments -CodeKey fanout-linux-arm64.zip</code>
/// <para>Writes the template of the function fanout, as it is or as Publish-FanOutFunction would make it. 'aws cloudformation deploy --template-file fanout.template.json --stack-name fanout --capabilities CAPABILITY_NAMED_IAM' makes it.</para>
/// </example>
/// <example>
/// <code>Export-FanOutTemplate -FunctionName fanout-next -Source orders -SourceType Kinesis -OnFailureDestination dropped -MemorySize 256 -LogRetentionDays 30 -Alias live -Format Yaml</code>
/// <para>Outputs the template, in YAML, of a new function whose alias live reads the stream orders; records that are dropped are reported to the queue dropped.</para>
/// </example>
/// <example>
/// <code>Get-FanOutSource -FunctionName fanout | Where-Object SourceType -eq Kinesis | Export-FanOutTemplate -Path streams.template.json -Force</code>
/// <para>Writes the template of the function fanout with those of its sources only that are Kinesis streams, also over a file that is read-only.</para>
/// </example>
/// <example>
/// <code>Import-Csv targets.csv | Export-FanOutTemplate -FunctionName fanout-next -Path fanout-next.template.json</code>
/// <para>Writes the template of a function whose role may send to the targets of a list, with the columns SourceArn, Type and Destination, before any of them is registered.</para>
/// </example>
[Cmdlet(VerbsData.Export, "FanOutTemplate", HelpUri = ProjectAddress.CmdletPages + "Export-FanOutTemplate.md", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed partial class ExportFanOutTemplateCommand : FunctionSettingsCommand
{
    private readonly Dictionary<(AwsSession Session, string Function, string? Table), Draft> _drafts = [];
    private readonly ResolveSource _resolve = new();

    // The file comes first, as in the other cmdlets that export.
    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FunctionArn")]
    [ArgumentCompleter(typeof(FunctionCompleter))]
    public override string? FunctionName { get; set; }

    /// <summary>The file to write. Without it the template is output as text. A file that is there is replaced, unless -NoClobber is given.</summary>
    [Parameter(Position = 0)]
    [Alias("FilePath", "OutFile")]
    public string? Path { get; set; }

    /// <summary>The form of the template: Json or Yaml. Default: Yaml if -Path ends with .yaml or .yml, else Json.</summary>
    [Parameter]
    [NullWhenEmpty(typeof(TemplateFormat))]
    public TemplateFormat? Format { get; set; }

    /// <summary>Writes over a file that is read-only too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Does not replace a file that is there: that is an error.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>An alias that the template makes, with a version; named and piped sources call it. When code or settings change, the stack publishes a new version. Default: the alias that the sources of the function call, if there is one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AliasCompleter))]
    public string? Alias { get; set; }

    /// <summary>The S3 bucket with the package, in the function's region: the default of the template's parameter CodeBucket.</summary>
    [Parameter]
    [NotAFile]
    public string? CodeBucket { get; set; }

    /// <summary>The key of the package in the bucket: the default of the template's parameter CodeKey. Default: the name of the module's package, such as fanout-linux-arm64.zip.</summary>
    [Parameter]
    [NotAFile]
    public string? CodeKey { get; set; }

    /// <summary>The version of that object: the default of the template's parameter CodeVersion. Without it CloudFormation does not notice another package under the same key.</summary>
    [Parameter]
    [NotAFile]
    public string? CodeVersion { get; set; }

    /// <summary>The ARN of the SNS topic, in the function's region, that alarms tell: the default of the template's parameter AlarmTopicArn.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TopicCompleter))]
    public string? AlarmTopicArn { get; set; }

    /// <summary>Leaves the alarms out. Without it there are alarms on records that failed or went to a dead letter, on mappings that are not valid, and on the age of records, each at the price of CloudWatch.</summary>
    [Parameter]
    public SwitchParameter SkipAlarm { get; set; }

    /// <inheritdoc/>
    private protected override StrayProperties? Strays => RowProperties.OfTargets;

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        if (NullIfEmpty(AlarmTopicArn) is { } topic)
        {
            AlarmTopic.Check(nameof(AlarmTopicArn), topic, FunctionSession.Region);
        }

        (AwsSession, string, string?) key = (FunctionSession, Function.Text, GivenTable);
        if (!_drafts.TryGetValue(key, out Draft? draft))
        {
            _drafts[key] = draft = new Draft(
                FunctionSession, new StackRequest { Settings = FunctionSettings() with { Alias = NullIfEmpty(Alias) } }, Opener(FunctionSession));
        }

        if (IsTarget)
        {
            draft.AddTarget(Target());
            foreach (WantedSource source in SourcesOfTarget())
            {
                draft.AddSourceOnce(source);
            }

            return;
        }

        foreach (WantedSource? source in Sources())
        {
            draft.AddSource(source);
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (HasFailed)
        {
            // A template that lacks a source or a target would remove it from its stack.
            WriteVerbose("No template was written, because of the errors before.");
            return;
        }

        if (_drafts.Count > 1 && NullIfEmpty(Path) is { } path)
        {
            throw FanOutError.InvalidParameter(
                nameof(Path), path, $"is one file, and these are {_drafts.Count} functions: {string.Join(", ", _drafts.Keys.Select(static k => k.Function))}. Write the template of each by itself.");
        }

        foreach (Draft draft in _drafts.Values)
        {
            Guard(() => Write(draft));
        }
    }

    private void Write(Draft draft)
    {
        FunctionStack stack = Await(new ReadStack(draft.Session, draft.Request, draft.Tables, Time, Warn).ReadAsync(StopToken));
        JsonObject template = FunctionTemplate.Of(stack, new TemplateOptions
        {
            CodeBucket = NullIfEmpty(CodeBucket),
            CodeKey = NullIfEmpty(CodeKey),
            CodeVersion = NullIfEmpty(CodeVersion),
            AlarmTopicArn = NullIfEmpty(AlarmTopicArn),
            HasAlarms = !SkipAlarm,
        });
        string text = IsYaml ? TemplateYaml.Of(template) : TemplateText.Json(template);
        if (text.Length > FunctionTemplate.LargestBody)
        {
            WriteWarning($"The template of {stack.Name} has {text.Length:N0} bytes; what has more than {FunctionTemplate.LargestBody:N0} must be handed to CloudFormation through S3 ('aws cloudformation deploy --s3-bucket').");
        }

        if (NullIfEmpty(Path) is not { } path)
        {
            WriteObject(text);
            return;
        }

        string file = GetUnresolvedProviderPathFromPSPath(path);
        OutputFile.Check(file, NoClobber);
        if (ShouldProcess(file, $"Write the template of the function {stack.Name}"))
        {
            OutputFile.Write(file, text + "\n", Force);
        }
    }

    private bool IsYaml => Format is { } format
        ? format == TemplateFormat.Yaml
        : Path is { } path && (path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase));

    // The session of a table is that of its own function, whichever object comes last.
    private Func<string, MappingTable> Opener(AwsSession session)
    {
        FunctionDestination function = Function;
        _ = MappingsIn(Table);
        return table => new MappingTable(Arn.TryParse(table, out Arn? arn) && arn.Region.Length > 0 ? session.In(arn.Region) : session, table, function.Name);
    }

    /// <summary>What is asked for of one function.</summary>
    private sealed class Draft(AwsSession session, StackRequest request, Func<string, MappingTable> tables)
    {
        public AwsSession Session { get; } = session;

        public StackRequest Request { get; private set; } = request;

        public Func<string, MappingTable> Tables { get; } = tables;

        public void AddTarget(Mapping? target) => Request = Request with { Targets = [.. Request.Targets ?? [], .. target is null ? Array.Empty<Mapping>() : [target]] };

        public void AddSourceOnce(WantedSource source)
        {
            if (Request.Sources?.Any(s => s.EventSourceArn == source.EventSourceArn) != true)
            {
                AddSource(source);
            }
        }

        public void AddSource(WantedSource? source) => Request = Request with { Sources = [.. Request.Sources ?? [], .. source is null ? Array.Empty<WantedSource>() : [source]] };
    }
}
