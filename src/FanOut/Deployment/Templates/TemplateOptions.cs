namespace FanOut.Deployment.Templates;

/// <summary>What a template has beside the function: defaults of its parameters, and alarms.</summary>
internal sealed record TemplateOptions
{
    /// <summary>The bucket of the package; null: who deploys the template names it.</summary>
    public string? CodeBucket { get; init; }

    /// <summary>The key of the package in the bucket; null: the name of the module's file.</summary>
    public string? CodeKey { get; init; }

    /// <summary>The version of that object; null: the newest.</summary>
    public string? CodeVersion { get; init; }

    /// <summary>ARN of the topic that alarms tell; null: none.</summary>
    public string? AlarmTopicArn { get; init; }

    /// <summary>Whether there are alarms.</summary>
    public bool HasAlarms { get; init; } = true;
}
