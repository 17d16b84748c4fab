namespace FanOut;

/// <summary>The form of a template.</summary>
public enum TemplateFormat
{
    /// <summary>JSON.</summary>
    Json,

    /// <summary>YAML.</summary>
    Yaml,
}
