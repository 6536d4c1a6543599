"""List the files of Python's library, numpy and Pillow that the page needs, as patterns.

Found by running everything that the page does in Pyodide and listing the imported modules; their
occasional imports were added. Code that unpacks wheels is left out: the page imports from them as
they are (site/worker/wheel_imports.py). All is run on the rest by tests/export/site/test_trim.py.
"""


def _modules(folder: str, names: str) -> list[str]:
    return [f"{folder}{name}.py" for name in names.split()]


def _compiled(folder: str, names: str) -> list[str]:
    return [f"{folder}{name}.cpython-312-wasm32-emscripten.so" for name in names.split()]


# Not here, though they are in use: modules frozen into the interpreter (os, codecs, io, ...).
LIBRARY = [
    *_modules(
        "",
        "__future__ _compat_pickle _compression _py_abc _strptime _threading_local _weakrefset "
        "ast base64 bisect bz2 calendar contextlib contextvars copy copyreg dataclasses "
        "datetime decimal dis enum fnmatch fractions functools glob gzip hashlib heapq hmac "
        "inspect ipaddress keyword linecache locale numbers opcode operator pathlib pickle "
        "pkgutil platform pprint queue random reprlib secrets selectors shutil signal "
        "socket string struct subprocess sysconfig tempfile textwrap threading token "
        "tokenize traceback types typing warnings weakref",
    ),
    *_modules(
        "encodings/",
        "__init__ aliases ascii cp437 cp1252 latin_1 raw_unicode_escape unicode_escape utf_16 "
        "utf_16_be utf_16_le utf_32 utf_8 utf_8_sig",
    ),
    *_modules("concurrent/", "__init__ futures/__init__ futures/_base futures/thread"),
    *_modules("ctypes/", "__init__ _endian util"),
    *_modules("html/", "__init__ entities"),  # PyScript's own Python escapes what it displays
    *_modules("urllib/", "__init__ parse"),
    *_modules(
        "asyncio/",
        "__init__ base_events base_futures base_subprocess base_tasks constants coroutines "
        "events exceptions format_helpers futures locks log mixins protocols queues runners "
        "selector_events sslproto staggered streams subprocess taskgroups tasks threads timeouts "
        "transports trsock unix_events",
    ),
    *_modules("importlib/", "__init__ _abc abc readers simple"),
    *_modules("pyodide/", "__init__ _core _package_loader _run_js _state code common http webloop"),
    "_pyodide/*.py",
    "collections/*.py",
    "importlib/resources/*.py",
    *_modules("json/", "__init__ decoder encoder scanner"),
    "logging/__init__.py",
    "pyodide/ffi/*.py",
    "re/*.py",
    "zipfile/*.py",
]

NUMPY = [
    "numpy-2.0.2.dist-info/METADATA",
    "numpy-2.0.2.dist-info/WHEEL",
    *_modules(
        "numpy/",
        "__config__ __init__ _distributor_init _expired_attrs_2_0 _globals _pytesttester dtypes "
        "exceptions matrixlib/__init__ matrixlib/defmatrix version",
    ),
    *_modules(
        "numpy/_core/",
        "__init__ _add_newdocs _add_newdocs_scalars _asarray _dtype _dtype_ctypes _exceptions "
        "_internal _machar _methods _string_helpers _type_aliases _ufunc_config arrayprint "
        "einsumfunc fromnumeric function_base getlimits memmap multiarray numeric numerictypes "
        "overrides records shape_base umath",
    ),
    *_compiled("numpy/_core/", "_multiarray_umath"),
    "numpy/_typing/_[a-z]*.py",
    *_modules("numpy/_typing/", "__init__"),
    *_modules("numpy/_utils/", "__init__ _convertions _inspect"),
    "numpy/lib/_*_impl.py",
    *_modules(
        "numpy/lib/",
        "__init__ _datasource _iotools _version array_utils format introspect mixins npyio "
        "scimath stride_tricks",
    ),
    *_modules("numpy/linalg/", "__init__ _linalg linalg"),
    *(LAPACK := _compiled("numpy/linalg/", "_umath_linalg")),
]

PICTURES = ("Bmp", "Gif", "Jpeg", "Mpo", "Png", "Ppm", "Tiff", "WebP")
PILLOW = [
    "pillow-10.2.0.dist-info/METADATA",
    "pillow-10.2.0.dist-info/WHEEL",
    *_modules(
        "PIL/",
        "__init__ _binary _deprecate _typing _util _version ExifTags GimpGradientFile "
        "GimpPaletteFile Image ImageChops ImageColor ImageFile ImageFilter ImageMath ImageMode "
        "ImageOps ImagePalette ImageSequence JpegPresets PaletteFile TiffTags features",
    ),
    *_compiled("PIL/", "_imaging _imagingmath _webp"),
    # The formats that are read, and those that Pillow's modules for these rest on.
    *(
        f"PIL/{kind}ImagePlugin.py"
        for kind in ["Bmp", "Gif", "Jpeg", "Mpo", "Png", "Ppm", "Tiff", "WebP"]
    ),
]

# A compiled module that numpy imports, and that nothing here calls (inkling/numeric.py says why). A
# module without content takes its place.
HOLLOW = LAPACK
# Modules that only write docstrings, which Python does not keep under -OO: left without content.
EMPTY = ["numpy/_core/_add_newdocs.py", "numpy/_core/_add_newdocs_scalars.py"]
# Pyodide shows its own docstrings to itself when it starts.
DOCUMENTED = ["_pyodide/*", "pyodide/*"]
