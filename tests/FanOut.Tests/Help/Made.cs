using FanOut.Help.Cmdlets;
using FanOut.Help.Texts;

namespace FanOut.Tests.Help;

/// <summary>A cmdlet made for tests.</summary>
internal static class Made
{
    public static Cmdlet Cmdlet(Parameter? parameter = null, params Block[] description)
    {
        parameter ??= Parameter();
        return new Cmdlet
        {
            Verb = "Get",
            Noun = "Thing",
            Synopsis = "Gets <things>.",
            Description = description,
            Parameters = [parameter],
            ParameterSets =
            [
                new ParameterSet("Name", [new ParameterUse(parameter, IsMandatory: true, Position: 0, ByValue: false, ByPropertyName: true)]),
                new ParameterSet("All", [new ParameterUse(parameter, IsMandatory: false, Position: null, ByValue: false, ByPropertyName: true)]),
            ],
            Examples = [new Example("Get-Thing |\n    Format-List", [new Paragraph("All & more.")])],
            Inputs = [new PipedType("None", [])],
            Outputs = [new PipedType("Thing", [new Paragraph("A thing.")])],
            Notes = [new Paragraph("A note.")],
            OnlinePage = "https://example.org/thing",
            Links = ["Set-FanOutThing", "https://example.org/a", "about_FanOut"],
        };
    }

    public static Parameter Parameter() => new()
    {
        Name = "Kind",
        Type = "String[]",
        Aliases = ["K", "Sort"],
        Text = [new Paragraph("The kind.")],
        Default = "all",
        Values = ["a", "b"],
        TakesWildcards = true,
    };
}
