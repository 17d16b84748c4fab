namespace FanOut.Engine.Templates;

/// <summary>The paths of all templates that a mapping writes of a record, in trees that they share: so each JSON of a record is read once for all of them.</summary>
internal sealed class CommonPaths
{
    private readonly TemplateValue[][] _values;

    /// <summary>Lays paths together.</summary>
    /// <param name="templates">The templates, at least one.</param>
    public CommonPaths(IReadOnlyList<RecordTransform> templates)
    {
        if (templates is [var only])
        {
            (Roots, _values) = (only.Roots, [only.Values]);
            return;
        }

        Roots = new TransformRoots();
        _values = new TemplateValue[templates.Count][];
        for (int i = 0; i < _values.Length; i++)
        {
            int[] numbers = Roots.Add(templates[i].Roots);
            _values[i] = Array.ConvertAll(templates[i].Values, value => value.Node < 0 ? value : value with { Node = numbers[value.Node] });
        }
    }

    /// <summary>Where they lead.</summary>
    public TransformRoots Roots { get; }

    /// <summary>The values of a template, with the places in <see cref="Roots"/>.</summary>
    /// <param name="number">The template's position among them.</param>
    public TemplateValue[] ValuesOf(int number) => _values[number];
}
