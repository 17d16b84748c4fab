namespace FanOut.Help.Cmdlets;

/// <summary>A parameter in one parameter set.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="IsMandatory">Whether it must be given.</param>
/// <param name="Position">Its position, counted from 0; null: it has none, and must be named.</param>
/// <param name="ByValue">Whether a piped object is its value.</param>
/// <param name="ByPropertyName">Whether a piped object's property is its value.</param>
internal sealed record ParameterUse(Parameter Parameter, bool IsMandatory, int? Position, bool ByValue, bool ByPropertyName)
{
    /// <summary>How it is bound from the pipeline, in the words of Get-Help.</summary>
    public string PipelineInput => (ByValue, ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
