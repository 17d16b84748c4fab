using System.Management.Automation.Language;

namespace FanOut.DesiredState.Files;

/// <summary>Reads a PowerShell data file (.psd1) with the lines of its values. Nothing in it is run.</summary>
internal static class ReadDataFile
{
    /// <summary>Reads a file's content.</summary>
    /// <param name="text">The content.</param>
    /// <param name="faults">Where faults are noted.</param>
    /// <returns>Null: it is not a data file, which has been noted.</returns>
    public static StateNode? Of(string text, StateFaults faults)
    {
        ScriptBlockAst script = Parser.ParseInput(text, out _, out ParseError[] errors);
        foreach (ParseError error in errors)
        {
            faults.Add(error.Extent.StartLineNumber, "", error.Message);
        }

        if (!faults.IsEmpty)
        {
            return null;
        }

        if (script is { ParamBlock: null, BeginBlock: null, ProcessBlock: null, EndBlock.Statements: [PipelineAst only] } && only.GetPureExpression() is HashtableAst whole)
        {
            StateNode node = Value(whole, "", faults);
            return faults.IsEmpty ? node : null;
        }

        faults.Add(1, "", "It is not a data file: one hashtable, @{ … }, is all that may be in it.");
        return null;
    }

    private static StateNode Value(Ast? value, string path, StateFaults faults)
    {
        var node = new StateNode(path, value?.Extent.StartLineNumber);
        switch (value is PipelineAst pipeline ? pipeline.GetPureExpression() : value)
        {
            case HashtableAst table:
                return new StateNode(path, node.Line)
                {
                    Members = [.. table.KeyValuePairs.Select(p => (Name: Key(p.Item1), p.Item2)).Select(p => (p.Name, Value(p.Item2, node.PathOf(p.Name), faults)))],
                };
            case ArrayExpressionAst array:
                Ast[] elements = [.. array.SubExpression.Statements.SelectMany(static s => s is PipelineAst p && p.GetPureExpression() is ArrayLiteralAst many ? many.Elements : (IEnumerable<Ast>)[s])];
                return List(node, elements, faults);
            case ArrayLiteralAst literal:
                return List(node, [.. literal.Elements], faults);
            case ConstantExpressionAst constant:
                return node.With(constant.Value is int number ? (long)number : constant.Value);
            case ExpandableStringExpressionAst { NestedExpressions.Count: 0 } plain:
                return node.With(plain.Value);
            case VariableExpressionAst variable when Known(variable.VariablePath.UserPath, out object? known):
                return node.With(known);
            default:
                faults.Add(node, $"'{value?.Extent.Text}' would have to be run: a data file takes texts, numbers, $true, $false, $null, lists and hashtables. "
                    + "What the environment or -Parameter is to give is written in single quotes: '${env:NAME}', '${param:NAME}'.");
                return node;
        }
    }

    private static StateNode List(StateNode node, Ast[] elements, StateFaults faults) =>
        new(node.Path, node.Line) { Items = [.. elements.Select((e, i) => Value(e, node.PathOf(i), faults))] };

    private static string Key(ExpressionAst key) => key is ConstantExpressionAst constant ? $"{constant.Value}" : key.Extent.Text;

    private static bool Known(string variable, out object? value)
    {
        value = variable.ToUpperInvariant() switch { "TRUE" => true, "FALSE" => false, _ => null };
        return value is not null || variable.Equals("null", StringComparison.OrdinalIgnoreCase);
    }
}
